package io.celonamdm.simulator.phone;

/** Models with Apple's identifiers. */
public enum PhoneModel {
    /** A phone with a SIM tray outside the USA. */
    IPHONE_15_PRO("iPhone 15 Pro", "iPhone16,1"),
    /** The phone of Celona's document. */
    IPHONE_SE("iPhone SE (3rd generation)", "iPhone14,6"),
    /** A tablet with a modem. */
    IPAD_CELLULAR("iPad 10th Generation (Wi-Fi + Cellular)", "iPad13,19"),
    /** A tablet without a modem. */
    IPAD_WIFI("iPad 7th Generation (Wi-Fi)", "iPad7,11");

    private final String marketingName;
    private final String identifier;

    PhoneModel(String marketingName, String identifier) {
        this.marketingName = marketingName;
        this.identifier = identifier;
    }

    /** The name on the box. */
    public String marketingName() {
        return marketingName;
    }

    /** Apple's identifier. */
    public String identifier() {
        return identifier;
    }
}
