package io.celonamdm.simulator.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Hands a request to the endpoint of its method and path. */
public final class Router implements Endpoint {
    private final List<Route> routes = new ArrayList<>();
    private final Endpoint otherwise;

    private record Route(String method, Pattern path, Endpoint endpoint) {
        boolean matches(Request request) {
            return method.equals(request.method())
                    && path.matcher(request.path()).matches();
        }
    }

    /** A router whose unknown paths go to the given endpoint. */
    public Router(Endpoint otherwise) {
        this.otherwise = otherwise;
    }

    /** Adds a route; the path is a regular expression. */
    public Router add(String method, String path, Endpoint endpoint) {
        routes.add(new Route(method, Pattern.compile(path, Pattern.DOTALL), endpoint));
        return this;
    }

    @Override
    public Answer answer(Request request) {
        return routes.stream()
                .filter(route -> route.matches(request))
                .findFirst()
                .map(Route::endpoint)
                .orElse(otherwise)
                .answer(request);
    }
}
