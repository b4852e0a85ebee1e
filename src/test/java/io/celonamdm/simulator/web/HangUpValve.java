package io.celonamdm.simulator.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** Lets the servlet close the connection, which the servlet API cannot do. */
final class HangUpValve extends ValveBase {
    private static final String HANG_UP = HangUpValve.class.getName();

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Runnable hangUp = () -> response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
        request.setAttribute(HANG_UP, hangUp);
        getNext().invoke(request, response);
    }

    static void hangUp(ServletRequest request) {
        ((Runnable) request.getAttribute(HANG_UP)).run();
    }
}
