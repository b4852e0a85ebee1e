package io.celonamdm.celona;

/** Thrown when Celona read a call and refused it as a whole. */
public class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    /**
     * @param code the code in the answer's envelope; 0 if it had none
     * @param reason the reason as Celona wrote it; may be empty
     */
    public Refused(int code, String reason) {
        super("Celona refused the call with code " + code + ": " + (reason.isEmpty() ? "no reason given" : reason));
        this.code = code;
        this.reason = reason;
    }

    /** The code in the answer's envelope; 0 if it had none. */
    public int code() {
        return code;
    }

    /** The reason as Celona wrote it; may be empty. */
    public String reason() {
        return reason;
    }
}
