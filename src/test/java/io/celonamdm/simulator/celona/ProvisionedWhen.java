package io.celonamdm.simulator.celona;

/** When an eSIM counts as "Provisioned", as activation requires. */
public enum ProvisionedWhen {
    /** As soon as its order is at the SM-DP+. */
    ASSIGNED,
    /** Once a phone has downloaded it. */
    DOWNLOADED
}
