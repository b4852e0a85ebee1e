package io.celonamdm.simulator.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Logs a request, passes it to faults and the endpoint, and writes the answer. */
final class SimulatorServlet extends HttpServlet {
    private final transient Endpoint endpoint;
    private final transient RequestLog log;
    private final transient Faults faults;

    SimulatorServlet(Endpoint endpoint, RequestLog log, Faults faults) {
        this.endpoint = endpoint;
        this.log = log;
        this.faults = faults;
    }

    @Override
    protected void service(HttpServletRequest servletRequest, HttpServletResponse servletResponse) throws IOException {
        Request request = RequestReader.read(servletRequest);
        LoggedRequest logged = log.begin(request);
        try {
            Answer answer = faults.answer(request, endpoint);
            logged.answered(answer);
            write(answer, servletResponse);
        } catch (Endless e) {
            servletResponse.setStatus(e.status());
            servletResponse.setContentType("application/json");
            e.writeTo(servletResponse.getOutputStream());
        } catch (HangUp e) {
            HangUpValve.hangUp(servletRequest);
        } finally {
            log.end(logged);
        }
    }

    private static void write(Answer answer, HttpServletResponse servletResponse) throws IOException {
        servletResponse.setStatus(answer.status());
        answer.headers().forEach(servletResponse::setHeader);
        servletResponse.setContentType(answer.contentType());
        byte[] body = answer.bytes();
        servletResponse.setContentLength(body.length);
        servletResponse.getOutputStream().write(body);
    }
}
