package io.celonamdm.simulator.web;

/** Answers requests. */
@FunctionalInterface
public interface Endpoint {
    /** Answers a request. */
    Answer answer(Request request);
}
