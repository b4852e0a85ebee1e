package io.celonamdm.esim;

/** Thrown for an invalid value, with a message that an operator can act on. */
public class InvalidValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final ReasonCode code;

    /**
     * @param code the stable code of the problem
     * @param message the shortened value, the problem and the remedy
     */
    public InvalidValue(ReasonCode code, String message) {
        super(message);
        this.code = code;
    }

    /** The stable code of the problem. */
    public ReasonCode code() {
        return code;
    }
}
