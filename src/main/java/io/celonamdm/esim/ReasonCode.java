package io.celonamdm.esim;

/**
 * Stable codes for whatever keeps a device, a run or a sync from going on. They appear in the ledger, endpoints, logs
 * and documents; a code is never renamed and never changes its meaning.
 */
public enum ReasonCode {
    /** The inventory record has no id, so that nothing can be done with it. */
    NO_RECORD_ID,
    /** The inventory record has no EID: no eSIM chip, or the device has not reported it. */
    NO_EID,
    /** The EID is not made of 32 digits. */
    EID_FORMAT,
    /** The EID went through a spreadsheet, which turned it into a rounded number. */
    EID_SCIENTIFIC,
    /** The EID's check digits are wrong. */
    EID_CHECK_DIGITS,
    /** Another record, enrolled later, has the same EID. */
    DUPLICATE_EID,
    /** The MDM no longer manages the device. */
    UNMANAGED,
    /** A personal device that the MDM may not command. */
    USER_ENROLLED,
    /** A kind of device that takes no eSIM command. */
    UNSUPPORTED_TYPE,
    /** A file of an inventory that cannot be read at all. */
    FILE_UNREADABLE,
    /** The inventory record, or the row of a file, cannot be read; a device that was known stays as it was. */
    RECORD_UNREADABLE,
    /** Several devices, or rows of the file of {@code mdm.enrich}, have the key by which one is to be known. */
    SHARED_KEY,
    /** None of the devices that the MDM shows has an operating system that this connector knows. */
    NO_KNOWN_SYSTEM,

    /** Another sync of the same Celona customer owns the EID. */
    OWNED_BY_OTHER_SYNC,
    /** Group rules exist and none matches the device. */
    NO_GROUP,
    /** The sync's scope leaves the device out. */
    OUT_OF_SCOPE,
    /** The ICCID that the device must get is none, or none of the customer's pool. */
    ICCID_INVALID,
    /** Another device of the same Celona customer holds the ICCID that the device must get. */
    ICCID_IN_USE,
    /** The latest complete pull no longer shows the device. */
    GONE,
    /** The plan had more new devices than {@code guards.max-new}. */
    MAX_NEW,
    /** The plan had more new devices than {@code guards.max-new-percent}. */
    MAX_NEW_PERCENT,
    /** The pull brought fewer devices than {@code guards.min-inventory}. */
    MIN_INVENTORY,
    /** The pull brought far fewer devices than the one before, by {@code guards.max-fall-percent}. */
    MAX_FALL_PERCENT,
    /** An operator holds the device back. */
    HELD_BY_OPERATOR,
    /** An operator released the device after it was retired; the next plan takes it as a new one. */
    RELEASED,

    /** Drift: a device that is done is no longer shown by the MDM. */
    GONE_FROM_MDM,
    /** Drift: the device was enrolled anew since its eSIM was pushed, or no longer shows an eSIM that it had shown. */
    RE_ENROLLED,
    /** Drift: the naming rule gives another name than the one that was sent. */
    RENAMED,
    /** Drift: the group rules give another group than the one that was sent. */
    GROUP_CHANGED,
    /** Drift: another sync of the same Celona customer shows a device that this one owns. */
    CLAIMED_BY_TWO_SYNCS,
    /** Drift: the device shows an eSIM of the customer's pool that is not the one assigned to it. */
    ICCID_MISMATCH,

    /** assign-eid was sent and its answer never arrived. */
    ASSIGN_IN_DOUBT,
    /** eid-status does not know the request id. */
    REQUEST_UNKNOWN,
    /** The phone was told to fetch an eSIM that it may have been assigned, and complete inventories show none on it. */
    PROBED_IN_VAIN,
    /** A person has given up a device in doubt: it may have an eSIM that the ledger does not know. */
    GIVEN_UP,

    /** Celona refused this device's row of the assign-eid CSV. */
    ASSIGN_REFUSED,
    /** eid-status reported a final failure. */
    ASSIGN_FAILED,
    /** eid-status reported nothing final before the deadline. */
    POLL_TIMEOUT,
    /** The assigned ICCID starts with none of {@code iccid-prefixes}. */
    WRONG_POOL,
    /** No eSIM is left in the customer's pool. */
    POOL_EXHAUSTED,
    /** The MDM cannot command the device. */
    NOT_COMMANDABLE,
    /** The device refused or failed the MDM command for good. */
    COMMAND_FAILED,
    /** The MDM shows no command where one was sent, or may have been. */
    COMMAND_UNLISTED,
    /** The device's hardware takes no eSIM. */
    HARDWARE_UNSUPPORTED,
    /** Celona does not know the ICCID. */
    UNKNOWN_ICCID,
    /** The eSIM is not in the state "Provisioned"; the device may not have downloaded it. */
    NOT_PROVISIONED,
    /** The device group does not exist. */
    DG_NOT_FOUND,
    /** The eSIM is in a device group; which one is not said. */
    ALREADY_IN_GROUP,
    /** The eSIM is in a device group that this connector did not put it into. */
    GROUP_UNKNOWN,
    /** The SIM-lock columns contradict each other. */
    SIMLOCK_INVALID,
    /** The account does not support SIM lock. */
    SIMLOCK_UNSUPPORTED,
    /** The account demands that each device be locked on activation. */
    LOCK_REQUIRED,
    /** Celona could not read the CSV row. */
    CORRUPT_RECORD,
    /** The CSV had the ICCID twice. */
    DUPLICATE,
    /** The device was sent and is in no list of the answer. */
    UNACCOUNTED,
    /** The eSIM is active at Celona, and nothing has been heard of the device yet. */
    UNCONFIRMED,
    /** Nothing was heard of the device for so long that it is not waited for any more. */
    NEVER_SEEN,
    /** The eSIM was active already when it was to be activated. */
    ALREADY_ACTIVE,
    /** Celona calls no eSIM of the sync "Provisioned", and nothing has shown yet what that means. */
    PROVISIONED_UNCLEAR,
    /** The name was not applied; the device works all the same. */
    NAME_NOT_APPLIED,
    /** The call kept failing for reasons that should pass. */
    RETRIES_EXHAUSTED,
    /** A reason that is not known yet; its text says more. */
    OTHER,

    /** The vendor does not accept the credentials. */
    BAD_CREDENTIALS,
    /** The vendor refused an access token that it had issued a moment before; the call is made once more. */
    TOKEN_REFUSED,
    /** The vendor accepts the credentials but not this call. */
    FORBIDDEN,
    /** A proxy on this side does not let the connector reach the vendor. */
    PROXY_REFUSED,
    /** Celona named an SM-DP+ host outside {@code smdp-hosts}. */
    SMDP_NOT_ALLOWED,
    /** A whole batch was refused. */
    BATCH_REJECTED,
    /** Device after device was refused with the same words, so that it is not the devices that are refused. */
    SAME_REFUSAL,
    /** Too much failed at a step, in a row or in proportion. */
    TOO_MANY_FAILURES,
    /** activation-from-file answers like an address that does not exist. */
    ACTIVATION_API_GONE,
    /** The vendor answered with something that its documents do not describe. */
    UNREADABLE_ANSWER,
    /** Something on the way answered in the vendor's place: a gateway, a proxy, a login page. */
    NOT_THE_VENDOR,
    /** The MDM's report of its devices failed, took too long, or cannot be read. */
    EXPORT_FAILED,
    /** The vendor could not be reached, or did not answer in time. */
    UNREACHABLE,
    /** The vendor asks for fewer calls. */
    THROTTLED,
    /** The vendor failed. */
    VENDOR_ERROR,
    /** The ledger's database could not be reached, or took nothing. */
    LEDGER_UNAVAILABLE,
    /** A call or a loop was repeated as often as it may be, and led nowhere. */
    REPEATED_TOO_OFTEN,
    /** A firing made no progress, and was ended by the watch. */
    STALLED,
    /** The call was not made, or broken off, because somebody stopped its sync or its run. */
    CALLED_OFF,

    /** Preflight: nobody can say without a call that writes, or without a setting. */
    NOT_CHECKABLE,
    /** Preflight: the MDM lists the client's privileges, and one that is needed is not among them. */
    PRIVILEGE_MISSING,
    /** Preflight: Celona lists the customers of the API key, and the sync's is not among them. */
    CUSTOMER_NOT_SEEN,
    /** Preflight: the MDM shows no device. */
    NO_DEVICES,
    /** Preflight: the folder of a platform cannot be read or written. */
    FOLDER_UNUSABLE,
    /** Preflight: {@code smdp-hosts} lets devices be sent to servers of anybody. */
    SMDP_HOSTS_WIDE,
    /** Preflight: a host of {@code smdp-hosts} does not exist, as far as this machine can tell. */
    SMDP_HOST_UNKNOWN,
    /** Preflight: this machine's clock is not that of a vendor. */
    CLOCK_SKEW,
    /** A credential expires soon, by the date in the settings. */
    CREDENTIAL_EXPIRES,
    /** A credential has expired, by the date in the settings. */
    CREDENTIAL_EXPIRED,
    /** Preflight: the files hold settings that cannot be used. */
    SETTINGS_REFUSED,
    /** Preflight: the ledger takes no entry. */
    LEDGER_NOT_WRITABLE
}
