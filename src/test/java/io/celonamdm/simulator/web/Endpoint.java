package io.celonamdm.simulator.web;

/** Something that answers requests. */
@FunctionalInterface
public interface Endpoint {
    /** Answers a request. */
    Answer answer(Request request);
}
