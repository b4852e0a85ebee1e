package io.celonamdm.celona;

import io.celonamdm.esim.Iccid;

/** The progress of assigning an eSIM to a device. */
public sealed interface Status {

    /**
     * The device has its eSIM.
     *
     * @param iccid the eSIM
     */
    record Succeeded(Iccid iccid) implements Status {}

    /**
     * The assignment failed for good.
     *
     * @param reason what Celona wrote
     */
    record Failed(String reason) implements Status {}

    /**
     * The pool was empty; the device has no eSIM.
     *
     * @param reason what Celona wrote
     */
    record OutOfStock(String reason) implements Status {}

    /**
     * The assignment has no final status.
     *
     * @param word what Celona wrote, or what is missing; empty if the answer does not mention the device
     */
    record Pending(String word) implements Status {}
}
