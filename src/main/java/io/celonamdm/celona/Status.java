package io.celonamdm.celona;

import io.celonamdm.esim.Iccid;

/** How far the assignment of an eSIM to a device has come. */
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
     * No eSIM was left for the device; it has none.
     *
     * @param reason what Celona wrote
     */
    record OutOfStock(String reason) implements Status {}

    /**
     * Nothing final has been said.
     *
     * @param word what Celona wrote, or what is missing; empty if the device is not mentioned
     */
    record Pending(String word) implements Status {}
}
