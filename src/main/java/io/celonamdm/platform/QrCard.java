package io.celonamdm.platform;

import io.celonamdm.device.MdmDevice;
import io.celonamdm.esim.SmdpAddress;

/**
 * The text beside a QR code, by which a person finds its device.
 *
 * @param name the device's name
 * @param serial its serial number; may be empty
 * @param eidEnd the last digits of its EID, which distinguish it
 * @param code the content of the QR code, for typing it in
 */
public record QrCard(String name, String serial, String eidEnd, String code) {
    private static final int EID_END = 8;

    /** The card of a device with an EID that downloads from an address. */
    public static QrCard of(String eid, MdmDevice device, SmdpAddress address) {
        return new QrCard(
                device.name().isBlank() ? "Device without a name" : device.name(),
                device.serialNumber(),
                eid.substring(eid.length() - EID_END, eid.length() - EID_END / 2)
                        + " "
                        + eid.substring(eid.length() - EID_END / 2),
                address.activationCode());
    }
}
