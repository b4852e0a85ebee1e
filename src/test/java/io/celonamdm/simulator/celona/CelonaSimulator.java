package io.celonamdm.simulator.celona;

import io.celonamdm.simulator.phone.ProfileServer;
import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Endpoint;
import io.celonamdm.simulator.web.Faults;
import io.celonamdm.simulator.web.Json;
import io.celonamdm.simulator.web.Request;
import io.celonamdm.simulator.web.RequestLog;
import io.celonamdm.simulator.web.Router;
import io.celonamdm.simulator.web.SimulatorServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Celona's cloud with one customer's account, as "Celona eSIM Lifecycle Management" and "Bulk Device Activation and
 * Device Group Assignment API" describe it.
 */
public final class CelonaSimulator implements AutoCloseable {
    private static final String FIRST_ICCID = "89105212033100003474";
    private static final int MOST = 1_000_000;
    private static final AtomicInteger SIMULATORS = new AtomicInteger();

    private final EsimPool pool = new EsimPool();
    private final CelonaSettings settings = new CelonaSettings();
    private final Mishaps mishaps = new Mishaps();
    private final EsimEndpoints esims = new EsimEndpoints(pool, settings, mishaps);
    private final SimulatorServer server;
    /** Celona has one pool: no two simulators have an eSIM in common. */
    private long made = (long) SIMULATORS.getAndIncrement() * MOST;

    private CelonaSimulator(int port) {
        ActivationEndpoint activation = new ActivationEndpoint(pool, settings, mishaps);
        Router router = new Router(request -> Answer.html(200, "Celona Orchestrator"))
                .add("POST", "/v1/api/rsp/esims/assign-eid", guarded(this::ofCustomer, esims::assign))
                .add("GET", "/v1/api/rsp/esims/eid-status", guarded(request -> {}, esims::status))
                .add("GET", "/v1/api/cfgm/customers", guarded(request -> {}, this::customers))
                .add("POST", "/v1/api/hss/activation-from-file", guarded(this::ofCustomer, activation::activate));
        server = SimulatorServer.start(port, router);
    }

    /** Starts on any free port with no eSIMs. */
    public static CelonaSimulator start() {
        return start(0);
    }

    /** Starts on a port with no eSIMs. */
    public static CelonaSimulator start(int port) {
        return new CelonaSimulator(port);
    }

    /** Adds n eSIMs with consecutive ICCIDs to the pool; none that it ever had comes again. */
    public CelonaSimulator stock(int n) {
        long first = Long.parseLong(FIRST_ICCID.substring(8)) + made;
        for (long i = first; i < first + n; i++) {
            pool.add(FIRST_ICCID.substring(0, 8) + "%012d".formatted(i));
        }
        made += n;
        return this;
    }

    /** Adds given eSIMs to the pool. */
    public CelonaSimulator stock(String... iccids) {
        for (String iccid : iccids) {
            pool.add(iccid);
        }
        return this;
    }

    /** Makes an eSIM one that some phone has downloaded outside this story. */
    public void provision(String iccid) {
        pool.provision(iccid);
    }

    /** Activates an eSIM by hand, as an operator does in Orchestrator. */
    public void activate(String iccid) {
        pool.change(iccid, esim -> esim.in(EsimState.ACTIVE));
    }

    /** Deactivates an eSIM, as an operator does in Orchestrator before it goes to another device. */
    public void deactivate(String iccid) {
        pool.change(iccid, esim -> esim.in(EsimState.DOWNLOADED));
    }

    /** Forgets all eSIMs and assignments, as if each had never been. */
    public void emptyPool() {
        pool.clear();
    }

    /** Forgets the request ids given out so far; eid-status answers 404 for them. */
    public void forgetRequests() {
        esims.forgetRequests();
    }

    /** The address for both families of endpoints. */
    public String url() {
        return server.url();
    }

    /** How the account is set up. */
    public CelonaSettings settings() {
        return settings;
    }

    /** What goes wrong for single EIDs. */
    public Mishaps mishaps() {
        return mishaps;
    }

    /** What goes wrong on the wire; see also {@link CelonaFaults}. */
    public Faults faults() {
        return server.faults();
    }

    /** What came in. */
    public RequestLog log() {
        return server.log();
    }

    /** What is really the case. */
    public CelonaTruth truth() {
        return new CelonaTruth(pool);
    }

    /** The SM-DP+ that phones download from. */
    public ProfileServer smdp() {
        return new Smdp(pool, settings);
    }

    @Override
    public void close() {
        server.close();
    }

    private interface Check {
        void check(Request request);
    }

    private Endpoint guarded(Check check, Endpoint endpoint) {
        return request -> {
            try {
                withKey(request);
                check.check(request);
                return endpoint.answer(request);
            } catch (Refusal e) {
                return Envelope.ofPath(request.path()).failure(e.status(), e.error());
            }
        };
    }

    /** A missing or wrong key is answered with 403, not 401, as Celona documents it for its events. */
    private void withKey(Request request) {
        if (!request.header("X-API-Key").orElse("").equals(settings.apiKey())) {
            throw new Refusal(403, "Forbidden");
        }
    }

    /** The key's customers. No document shows this list: it is in the envelope of the others, with the id that they speak of. */
    private Answer customers(Request request) {
        Object customer = Json.object("id", settings.customerId(), "name", "Example");
        return Envelope.RSP.success(200, 200, List.of(customer));
    }

    private void ofCustomer(Request request) {
        String customerId = request.query("customer_id").orElseThrow(() -> Refusal.malformed("customer_id is missing"));
        if (!customerId.equals(settings.customerId())) {
            throw new Refusal(403, "Customer " + customerId + " is not accessible");
        }
    }
}
