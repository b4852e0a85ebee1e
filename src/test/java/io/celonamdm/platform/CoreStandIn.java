package io.celonamdm.platform;

import io.celonamdm.device.InventoryPage;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteConfigurationBuilder;

/** What the core provides to the routes of a platform under test. */
final class CoreStandIn extends RouteConfigurationBuilder {
    /** The exchange property with the rig that hears of the pages. */
    static final String RIG = "rig";

    @Override
    public void configuration() {
        routeConfiguration("pull")
                .onException(Exception.class)
                .onWhen(simple("${exception.message} contains 'statusCode: 503'"))
                .maximumRedeliveries(1)
                .redeliveryDelay(0);
        // no policy for any failure, as in the routes of the core
        routeConfiguration("steps").errorHandler(defaultErrorHandler().logExhausted(false));
        routeConfiguration("quiet").errorHandler(defaultErrorHandler().logExhausted(false));
    }

    @Override
    public void configure() {
        from("direct:inventory-page")
                .process(exchange -> rig(exchange).shown(exchange.getMessage().getMandatoryBody(InventoryPage.class)));
        from("direct:inventory-complete").process(exchange -> rig(exchange).complete());
    }

    private static PlatformRig rig(Exchange exchange) {
        return Objects.requireNonNull(exchange.getProperty(RIG, PlatformRig.class));
    }
}
