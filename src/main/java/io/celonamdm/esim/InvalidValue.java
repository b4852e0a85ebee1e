package io.celonamdm.esim;

/** Says that a text is not the value it should be, with a message that an operator can act on. */
public class InvalidValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final ReasonCode code;

    /**
     * @param code what is wrong, as a stable code
     * @param message the value, shortened, what is wrong with it and what to do
     */
    public InvalidValue(ReasonCode code, String message) {
        super(message);
        this.code = code;
    }

    /** What is wrong, as a stable code. */
    public ReasonCode code() {
        return code;
    }
}
