package io.celonamdm.simulator.celona;

/** The actions that activation-from-file reports about, in the order of its samples. */
enum Action {
    FILE_IO,
    DEVICE_ACTIVATION,
    DEVICE_NAME_UPDATE,
    DEVICE_GROUP_ASSIGNMENT
}
