package io.celonamdm.platform;

import io.celonamdm.firing.CallThreads;
import io.celonamdm.firing.ParallelCalls;
import io.celonamdm.http.HttpStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The shipped routes and beans of a platform, started once for all tests of the JVM. What they remember they remember
 * by address, so each test needs a tenant at an address of its own.
 */
record PlatformContext(AnnotationConfigApplicationContext beans, ProducerTemplate template) {
    private static final Map<String, PlatformContext> STARTED = new ConcurrentHashMap<>();

    static PlatformContext of(String platform, Class<?>... more) {
        return STARTED.computeIfAbsent(platform, name -> start(name, more));
    }

    private static PlatformContext start(String platform, Class<?>... more) {
        AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
        CamelContext camel = new DefaultCamelContext(new DefaultRegistry(new ApplicationContextBeanRepository(beans)));
        camel.disableJMX();
        ProducerTemplate template = camel.createProducerTemplate();
        beans.registerBean(ProducerTemplate.class, () -> template);
        HttpStandIn.register(beans, Map.of("connector.http.requests-per-second", 100_000));
        beans.registerBean("callThreads", CallThreads.class);
        beans.register(ParallelCalls.class);
        for (Class<?> each : more) {
            beans.register(each);
        }
        beans.scan("io.celonamdm.platform." + platform.replace("-", ""));
        beans.refresh();
        HttpStandIn.use(camel, beans);
        // a check whose route is another platform's fails at once
        camel.getComponent("direct", DirectComponent.class).setBlock(false);
        CoreStandIn core = new CoreStandIn();
        try {
            camel.addRoutesConfigurations(core);
            camel.addRoutes(core);
            // all at once: routes of one file may use the configuration of another
            List<Resource> files = new ArrayList<>();
            for (Path file : routeFiles(platform)) {
                files.add(ResourceHelper.resolveResource(camel, "file:" + file));
            }
            PluginHelper.getRoutesLoader(camel).loadRoutes(files);
        } catch (Exception e) {
            throw new IllegalStateException("the routes of " + platform + " do not load", e);
        }
        camel.start();
        return new PlatformContext(beans, template);
    }

    private static List<Path> routeFiles(String platform) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes", "platforms"))) {
            return files.filter(each -> each.getFileName().toString().matches(platform + "(-.+)?\\.camel\\.yaml"))
                    .sorted()
                    .toList();
        }
    }
}
