package io.celonamdm.celona;

/** A column of the activation CSV, in the spelling of its header. */
public enum Column {
    /** The eSIM. */
    ICCID,
    /** The Edge cluster; ignored by Celona since release 2311, but its position remains. */
    CLUSTER_NAME,
    /** The device's name. */
    DEVICE_NAME,
    /** The device's group. */
    DEVICE_GROUP
}
