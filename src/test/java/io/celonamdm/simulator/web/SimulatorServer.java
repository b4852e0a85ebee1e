package io.celonamdm.simulator.web;

import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.http.fileupload.FileUtils;
import org.apache.tomcat.util.modeler.Registry;

/** An HTTP server on 127.0.0.1 with a request log and faults. */
public final class SimulatorServer implements AutoCloseable {
    private static final int ALL_IN_MEMORY = 64 * 1024 * 1024;

    static {
        // the simulators share a JVM with the product, which wants no MBeans of Tomcat either
        Registry.disableRegistry();
    }

    private final Tomcat tomcat = new Tomcat();
    private final RequestLog log = new RequestLog();
    private final Faults faults = new Faults();
    private final Path folder;

    private SimulatorServer(Path folder) {
        this.folder = folder;
    }

    /** Starts a server; port 0 takes any free one. */
    public static SimulatorServer start(int port, Endpoint endpoint) {
        try {
            SimulatorServer server = new SimulatorServer(Files.createTempDirectory("simulator"));
            server.open(port, endpoint);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException("cannot listen on 127.0.0.1:" + port, e);
        }
    }

    /** The address without a slash at its end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The port it listens on. */
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** What came in. */
    public RequestLog log() {
        return log;
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        faults.clear();
        try {
            tomcat.stop();
            tomcat.destroy();
            FileUtils.deleteDirectory(folder.toFile());
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(int port, Endpoint endpoint) throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        tomcat.setSilent(true);
        tomcat.getEngine().setName("simulator-" + UUID.randomUUID());
        tomcat.setConnector(connector(port));
        Context context = tomcat.addContext("", null);
        context.getPipeline().addValve(new HangUpValve());
        Wrapper wrapper = Tomcat.addServlet(context, "simulator", new SimulatorServlet(endpoint, log, faults));
        wrapper.setMultipartConfigElement(
                new MultipartConfigElement(folder.toString(), ALL_IN_MEMORY, ALL_IN_MEMORY, ALL_IN_MEMORY));
        context.addServletMapping("/*", "simulator");
        tomcat.start();
    }

    private static Connector connector(int port) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("minSpareThreads", "2");
        connector.setThrowOnFailure(true);
        return connector;
    }
}
