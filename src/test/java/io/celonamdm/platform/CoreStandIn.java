package io.celonamdm.platform;

import io.celonamdm.device.BrokenRecord;
import io.celonamdm.device.InventoryPage;
import io.celonamdm.device.MdmDevice;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteConfigurationBuilder;

/** What the core provides to the routes of a platform under test. */
public final class CoreStandIn extends RouteConfigurationBuilder {
    private final List<List<MdmDevice>> pages;
    private final AtomicInteger completed;
    private final List<BrokenRecord> broken = new CopyOnWriteArrayList<>();

    public CoreStandIn(List<List<MdmDevice>> pages, AtomicInteger completed) {
        this.pages = pages;
        this.completed = completed;
    }

    /** The records that could not be read. */
    public List<BrokenRecord> broken() {
        return broken;
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
            InventoryPage page = exchange.getMessage().getMandatoryBody(InventoryPage.class);
            pages.add(page.devices());
            broken.addAll(page.broken());
        });
        from("direct:inventory-complete").process(exchange -> completed.incrementAndGet());
    }
}
