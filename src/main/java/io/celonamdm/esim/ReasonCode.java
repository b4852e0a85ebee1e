package io.celonamdm.esim;

/**
 * Stable codes of everything that stops or delays a device, a run or a sync. They appear in the ledger, endpoints, logs
 * and documents; a code is never renamed and never changes its meaning.
 */
public enum ReasonCode {
    /** The inventory record has no id, so it is unusable. */
    NO_RECORD_ID,
    /** The inventory record has no EID: no eSIM chip, or the device has not reported it. */
    NO_EID,
    /** The EID does not have 32 digits. */
    EID_FORMAT,
    /** A spreadsheet turned the EID into a rounded number. */
    EID_SCIENTIFIC,
    /** The EID's check digits are wrong. */
    EID_CHECK_DIGITS,
    /** Another record, enrolled later, has the same EID. */
    DUPLICATE_EID,
    /** The MDM no longer manages the device. */
    UNMANAGED,
    /** A personal device that the MDM is not allowed to command. */
    USER_ENROLLED,
    /** A kind of device that accepts no eSIM command. */
    UNSUPPORTED_TYPE,
    /** An inventory file that is not readable at all. */
    FILE_UNREADABLE,
    /** The inventory record, or the row of a file, is unreadable; a known device stays unchanged. */
    RECORD_UNREADABLE,
    /** Several devices, or rows of the file of {@code mdm.enrich}, share a key that must be unique. */
    SHARED_KEY,
    /** No device in the MDM has an operating system that this connector knows. */
    NO_KNOWN_SYSTEM,

    /** Another sync of the same Celona customer owns the EID. */
    OWNED_BY_OTHER_SYNC,
    /** Group rules exist and none matches the device. */
    NO_GROUP,
    /** The sync's scope excludes the device. */
    OUT_OF_SCOPE,
    /** The requested ICCID is malformed or not from the customer's pool. */
    ICCID_INVALID,
    /** Another device of the same Celona customer holds the requested ICCID. */
    ICCID_IN_USE,
    /** The latest complete pull no longer shows the device. */
    GONE,
    /** The plan had more new devices than {@code guards.max-new}. */
    MAX_NEW,
    /** The plan had more new devices than {@code guards.max-new-percent}. */
    MAX_NEW_PERCENT,
    /** The pull returned fewer devices than {@code guards.min-inventory}. */
    MIN_INVENTORY,
    /** The pull returned far fewer devices than the one before, by {@code guards.max-fall-percent}. */
    MAX_FALL_PERCENT,
    /** The eSIM is ready, and waits for the sync of the MDM in which the device is enrolled. */
    AWAITS_ENROLMENT,
    /** An operator holds the device back. */
    HELD_BY_OPERATOR,
    /** An operator released the retired device; the next plan treats it as new. */
    RELEASED,

    /** Drift: the MDM no longer shows a device that is done. */
    GONE_FROM_MDM,
    /** Drift: the device re-enrolled after its eSIM was pushed, or no longer shows an eSIM that it had shown. */
    RE_ENROLLED,
    /** Drift: the naming rule now gives a different name from the one sent. */
    RENAMED,
    /** Drift: the group rules now give a different group from the one sent. */
    GROUP_CHANGED,
    /** Drift: another sync of the same Celona customer shows a device that this one owns. */
    CLAIMED_BY_TWO_SYNCS,
    /** Drift: the device shows an eSIM of the customer's pool that is not the one assigned to it. */
    ICCID_MISMATCH,

    /** assign-eid was sent and its answer never arrived. */
    ASSIGN_IN_DOUBT,
    /** eid-status does not know the request id. */
    REQUEST_UNKNOWN,
    /**
     * The phone was told to fetch an eSIM that it may have been assigned, and complete inventories show no eSIM on it.
     */
    PROBED_IN_VAIN,
    /** A person has given up a device in doubt: it may have an eSIM that the ledger does not know. */
    GIVEN_UP,

    /** Celona refused this device's row of the assign-eid CSV. */
    ASSIGN_REFUSED,
    /** eid-status reported a final failure. */
    ASSIGN_FAILED,
    /** eid-status reported no final status before the deadline. */
    POLL_TIMEOUT,
    /** The assigned ICCID starts with none of {@code iccid-prefixes}. */
    WRONG_POOL,
    /** Celona names one ICCID for two devices. */
    ICCID_SHARED,
    /** Celona assigned another ICCID than the one that the device must get. */
    ICCID_NOT_AS_GIVEN,
    /** No eSIM is left in the customer's pool. */
    POOL_EXHAUSTED,
    /** The MDM cannot command the device. */
    NOT_COMMANDABLE,
    /** The device refused or failed the MDM command for good. */
    COMMAND_FAILED,
    /** The MDM shows no command, although one was or may have been sent. */
    COMMAND_UNLISTED,
    /** The device's hardware does not support eSIMs. */
    HARDWARE_UNSUPPORTED,
    /** Celona does not know the ICCID. */
    UNKNOWN_ICCID,
    /** The eSIM is not in the state "Provisioned"; the device may not have downloaded it. */
    NOT_PROVISIONED,
    /** The device group does not exist. */
    DG_NOT_FOUND,
    /** The eSIM is in a device group that Celona does not name. */
    ALREADY_IN_GROUP,
    /** The eSIM is in a device group, but not by this connector. */
    GROUP_UNKNOWN,
    /** The SIM-lock columns contradict each other. */
    SIMLOCK_INVALID,
    /** The account does not support SIM lock. */
    SIMLOCK_UNSUPPORTED,
    /** The account requires a SIM lock at each activation. */
    LOCK_REQUIRED,
    /** Celona could not read the CSV row. */
    CORRUPT_RECORD,
    /** The CSV had the ICCID twice. */
    DUPLICATE,
    /** The device was sent and appears in no list of the answer. */
    UNACCOUNTED,
    /** The eSIM is active at Celona, and the device has given no sign of it yet. */
    UNCONFIRMED,
    /** The device gave no sign of its eSIM before the deadline. */
    NEVER_SEEN,
    /** The eSIM was already active before its activation. */
    ALREADY_ACTIVE,
    /** Looks for new devices between the nights fail. */
    LOOKS_FAILING,
    /** A guard leaves the new devices that a look found to the next run. */
    LOOKS_HELD,
    /** Celona calls no eSIM of the sync "Provisioned", and the meaning of that is still unknown. */
    PROVISIONED_UNCLEAR,
    /** The name was not applied; the device works nevertheless. */
    NAME_NOT_APPLIED,
    /** The call kept failing for transient reasons. */
    RETRIES_EXHAUSTED,
    /** An unknown reason; its text says more. */
    OTHER,

    /** The vendor does not accept the credentials. */
    BAD_CREDENTIALS,
    /** The vendor refused a fresh access token; the call is retried. */
    TOKEN_REFUSED,
    /** The vendor accepts the credentials but not this call. */
    FORBIDDEN,
    /** A proxy on this side does not let the connector reach the vendor. */
    PROXY_REFUSED,
    /** Celona named an SM-DP+ host outside {@code smdp-hosts}. */
    SMDP_NOT_ALLOWED,
    /** A whole batch was refused. */
    BATCH_REJECTED,
    /** Device after device was refused with the same words, so the cause is not the devices. */
    SAME_REFUSAL,
    /** Too many failures at a step, in a row or in proportion. */
    TOO_MANY_FAILURES,
    /** activation-from-file answers like an address that does not exist. */
    ACTIVATION_API_GONE,
    /** The private-network profile cannot be written from its settings. */
    PROFILE_INVALID,
    /** The MDM refused to write the private-network profile, to assign it, or to let devices join its group. */
    PROFILE_REFUSED,
    /** The MDM has an object of the name in the settings that this sync has not made. */
    NOT_OURS,
    /** The vendor's answer does not match its documents. */
    UNREADABLE_ANSWER,
    /** Something in between answered instead of the vendor: a gateway, a proxy, a login page. */
    NOT_THE_VENDOR,
    /** Apple Business Manager has no device management service of the configured name, or several. */
    MDM_SERVER_UNKNOWN,
    /** The MDM's device report failed, took too long, or is unreadable. */
    EXPORT_FAILED,
    /** The vendor could not be reached, or did not answer in time. */
    UNREACHABLE,
    /** The vendor asks for fewer calls. */
    THROTTLED,
    /** The vendor failed. */
    VENDOR_ERROR,
    /** The ledger's database was unreachable, or rejected writes. */
    LEDGER_UNAVAILABLE,
    /** A call or a loop reached its limit of repetitions without progress. */
    REPEATED_TOO_OFTEN,
    /** A firing made no progress, and the stall watch ended it. */
    STALLED,
    /** The call was not made, or was aborted, because somebody stopped its sync or run. */
    CALLED_OFF,

    /** Preflight: not checkable without a call that writes, or without a setting. */
    NOT_CHECKABLE,
    /** Preflight: the client lacks a required privilege, by the MDM's own list. */
    PRIVILEGE_MISSING,
    /** Preflight: the sync's customer is not among those that Celona lists for the API key. */
    CUSTOMER_NOT_SEEN,
    /** Preflight: the MDM shows no device. */
    NO_DEVICES,
    /** Preflight: the folder of a platform is not readable or writable. */
    FOLDER_UNUSABLE,
    /** Preflight: {@code smdp-hosts} allows servers of anybody. */
    SMDP_HOSTS_WIDE,
    /** Preflight: a host of {@code smdp-hosts} does not resolve on this machine. */
    SMDP_HOST_UNKNOWN,
    /** Preflight: this machine's clock differs from a vendor's. */
    CLOCK_SKEW,
    /** A credential expires soon, by the date in the settings. */
    CREDENTIAL_EXPIRES,
    /** A credential has expired, by the date in the settings. */
    CREDENTIAL_EXPIRED,
    /** Preflight: the files hold invalid settings. */
    SETTINGS_REFUSED,
    /** Preflight: the ledger is not writable. */
    LEDGER_NOT_WRITABLE
}
