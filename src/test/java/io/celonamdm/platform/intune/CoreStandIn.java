package io.celonamdm.platform.intune;

import io.celonamdm.platform.MdmDevice;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteConfigurationBuilder;

/** What the core provides to a platform's routes: a pull's page is asked for again after status 503, all else propagates. */
final class CoreStandIn extends RouteConfigurationBuilder {
    private final List<List<MdmDevice>> pages;
    private final AtomicInteger completed;

    CoreStandIn(List<List<MdmDevice>> pages, AtomicInteger completed) {
        this.pages = pages;
        this.completed = completed;
    }

    @Override
    public void configuration() {
        routeConfiguration("pull")
                .onException(Exception.class)
                .onWhen(simple("${exception.message} contains 'statusCode: 503'"))
                .maximumRedeliveries(1)
                .redeliveryDelay(0);
        routeConfiguration("steps").onException(Exception.class).handled(false);
    }

    @Override
    public void configure() {
        from("direct:inventory-page").process(exchange -> {
            List<?> page = exchange.getMessage().getMandatoryBody(List.class);
            pages.add(page.stream().map(MdmDevice.class::cast).toList());
        });
        from("direct:inventory-complete").process(exchange -> completed.incrementAndGet());
    }
}
