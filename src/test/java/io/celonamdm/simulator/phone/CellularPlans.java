package io.celonamdm.simulator.phone;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Carries Apple's command RefreshCellularPlans to phones: an online phone answers, queries the given SM-DP+ address
 * with its EID, and has the eSIM after its download delay.
 */
public final class CellularPlans implements AutoCloseable {
    private static final Pattern WITH_SCHEME = Pattern.compile("https?://\\S+");
    private static final Duration ON_THE_AIR = Duration.ofMillis(10);
    private static final Duration NOT_NOW_PAUSE = Duration.ofMillis(200);

    private final ScheduledExecutorService time = Executors.newScheduledThreadPool(2, CellularPlans::daemon);
    private final ProfileServer profiles;

    /** Phones that download from the given server. */
    public CellularPlans(ProfileServer profiles) {
        this.profiles = profiles;
    }

    /** Sends the command; the phone answers as soon as it is online, more than once if it answers NOT_NOW first. */
    public void refresh(Phone phone, String address, Consumer<PhoneAnswer> reply) {
        after(ON_THE_AIR, () -> phone.behaviour().whenOnline(() -> received(phone, address, reply)));
    }

    @Override
    public void close() {
        time.shutdownNow();
    }

    private void received(Phone phone, String address, Consumer<PhoneAnswer> reply) {
        PhoneAnswer answer = answer(phone, address);
        if (answer.kind() == PhoneAnswer.Kind.ACKNOWLEDGED) {
            after(phone.behaviour().downloadDelay(), () -> download(phone, address));
        } else if (answer.kind() == PhoneAnswer.Kind.NOT_NOW) {
            after(NOT_NOW_PAUSE, () -> refresh(phone, address, reply));
        }
        reply.accept(answer);
    }

    private static PhoneAnswer answer(Phone phone, String address) {
        if (!WITH_SCHEME.matcher(address).matches()) {
            return PhoneAnswer.FORMAT_ERROR;
        }
        boolean able = !phone.eid().isEmpty() && !phone.ownership().personal();
        return able ? phone.behaviour().answer() : PhoneAnswer.UNSUPPORTED;
    }

    private void download(Phone phone, String address) {
        for (String iccid : profiles.ordered(address, phone.eid())) {
            phone.install(iccid);
            profiles.downloaded(iccid);
        }
    }

    private void after(Duration delay, Runnable action) {
        if (!time.isShutdown()) {
            var unused = time.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static Thread daemon(Runnable action) {
        Thread thread = new Thread(action, "phone");
        thread.setDaemon(true);
        return thread;
    }
}
