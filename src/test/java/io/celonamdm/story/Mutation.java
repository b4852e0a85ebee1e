package io.celonamdm.story;

import io.celonamdm.firing.Sweeper;
import io.celonamdm.ledger.device.EarlierCalls;
import io.celonamdm.ledger.device.InterruptedWork;
import io.celonamdm.ledger.device.UnansweredCalls;
import io.celonamdm.ledger.inventory.Ownership;
import io.celonamdm.ledger.report.Notices;
import io.celonamdm.ledger.run.Fence;
import io.celonamdm.ledger.run.SyncStates;
import io.celonamdm.platform.csv.CsvReport;
import io.celonamdm.platform.intune.IntunePush;
import io.celonamdm.platform.intune.configuration.Configurations;
import io.celonamdm.platform.jamf.JamfProfiles;
import io.celonamdm.story.world.Mdm.Kind;
import io.celonamdm.work.LooksByDay;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;

/** A fault that is put into the connector, to see that stories find it. */
enum Mutation {
    /** An assignment that a killed process may have made is made again. */
    ASSIGNS_AGAIN_AFTER_A_DEATH(InterruptedWork.class, "settle", "TWO_ESIMS", 2) {
        @Override
        @Nullable
        Object apply(MethodInvocation call, JdbcClient ledger) throws Throwable {
            ledger.sql("update device set journal_id = null where place = 'IN_FLIGHT'")
                    .update();
            return call.proceed();
        }
    },
    /** An activation without an answer is taken for one that worked, whatever the phone has done. */
    BELIEVES_IN_LOST_ACTIVATIONS(EarlierCalls.class, "activatedBefore", "PLACE", 11) {
        @Override
        Object apply(MethodInvocation call, JdbcClient ledger) throws Throwable {
            EarlierCalls calls = (EarlierCalls) Objects.requireNonNull(call.getThis());
            return calls.maybeActivatedBefore((Long) call.getArguments()[0]);
        }
    },
    /** A command without an answer is sent again without looking for it. */
    FORGETS_UNANSWERED_COMMANDS(UnansweredCalls.class, "pushes", "TWO_COMMANDS", 33) {
        @Override
        Object apply(MethodInvocation call, JdbcClient ledger) {
            return Map.of();
        }
    },
    /** A pause is not written down. */
    FORGETS_TO_STOP(SyncStates.class, "stop", "WRITES_WHILE_STOPPED", 8),
    /** A notice that was sent is sent again. */
    TELLS_AGAIN(Notices.class, "told", "TOLD", 1),
    /** Nobody is told of anything. */
    TELLS_NOTHING(Notices.class, "note", "TOLD", 1),
    /** What is stranded stays so. */
    SWEEPS_NOTHING(Sweeper.class, "sweep", "STRANDED", 1),
    /** A device that moves to another tenant stays with the sync of its former one. */
    KEEPS_WHAT_MOVES(Ownership.class, "takeOver", "OWNER", 1) {
        @Override
        Story story(long seed) {
            return Tenants.of(Stories.of(seed), List.of(Kind.JAMF, Kind.JAMF));
        }

        @Override
        Object apply(MethodInvocation call, JdbcClient ledger) {
            return Map.of();
        }
    },
    /** A phone that Apple shows stays with Apple's sync once it is enrolled. */
    LEAVES_PHONES_IN_THEIR_BOXES(Ownership.class, "takeOverPrepared", "OWNER", 1) {
        @Override
        Story story(long seed) {
            return Tenants.of(Stories.of(seed), List.of(Kind.APPLE, Kind.JAMF));
        }

        @Override
        Object apply(MethodInvocation call, JdbcClient ledger) {
            return 0;
        }
    },
    /** Nobody looks for new phones by day. */
    NEVER_LOOKS(LooksByDay.class, "begin", "SERVED", 1) {
        @Override
        Story story(long seed) {
            return Worlds.withLooks(Stories.of(seed), new Random(seed));
        }
    },
    /** A process that stood still goes on calling, although another one has taken over. */
    CALLS_THOUGH_TAKEN_OVER(Fence.class, "check", "TAKEN_OVER", 1) {
        @Override
        Story story(long seed) {
            return Worlds.withReplicas(Stories.of(seed), new Random(seed * 0xBF58476D1CE4E5B9L));
        }
    },
    /** A profile that changes gets another identity on the phones. */
    FORGETS_IDENTITIES(JamfProfiles.class, "change", "PROFILE", 1) {
        @Override
        Story story(long seed) {
            Story story = Tenants.of(Stories.of(seed), List.of(Kind.JAMF));
            return Worlds.withJamfProfiles(story, new Random(seed * 0xBF58476D1CE4E5B9L));
        }

        @Override
        @Nullable
        Object apply(MethodInvocation call, JdbcClient ledger) throws Throwable {
            byte[] shown = (byte[]) Objects.requireNonNull(call.getArguments()[0]);
            String another = new String(shown, StandardCharsets.UTF_8).replace("SERVERS-OWN", "ANOTHER");
            call.getArguments()[0] = another.getBytes(StandardCharsets.UTF_8);
            return call.proceed();
        }
    },
    /** A profile that is there already is made once more. */
    MAKES_PROFILES_ANEW(Configurations.class, "searched", "PROFILE", 1) {
        @Override
        Story story(long seed) {
            Story story = Tenants.of(Stories.of(seed), List.of(Kind.INTUNE));
            return Worlds.withWindows(story, new Random(seed * 0xBF58476D1CE4E5B9L));
        }
    },
    /** The files of a folder are read, and stay there. */
    LEAVES_FILES(CsvReport.class, "write", "RESULT", 1) {
        @Override
        Story story(long seed) {
            return Tenants.of(Stories.of(seed), List.of(Kind.CSV));
        }
    },
    /** An action that Intune's answer leaves out is sent again. */
    RESENDS_WHAT_IS_LEFT_OUT(IntunePush.class, "bulkAnswered", "TWO_COMMANDS", 20) {
        @Override
        Story story(long seed) {
            return Tenants.of(Stories.of(seed), List.of(Kind.INTUNE));
        }

        @Override
        @Nullable
        Object apply(MethodInvocation call, JdbcClient ledger) throws Throwable {
            Object[] arguments = call.getArguments();
            Object command = Objects.requireNonNull(ReflectionTestUtils.invokeMethod(arguments[3], "command"));
            List<String> asked = Objects.requireNonNull(ReflectionTestUtils.invokeMethod(command, "ids"));
            String answer = new String((byte[]) arguments[0], StandardCharsets.UTF_8);
            String failed = asked.stream()
                    .filter(id -> !answer.contains('"' + id + '"'))
                    .map(id -> '"' + id + "\",")
                    .collect(Collectors.joining());
            arguments[0] = answer.replace("\"failedDeviceIds\":[", "\"failedDeviceIds\":[" + failed)
                    .replace(",]", "]")
                    .getBytes(StandardCharsets.UTF_8);
            return call.proceed();
        }
    };

    final Class<?> type;
    final String method;
    /** The invariant that it breaks. */
    final String breaks;
    /** The seed from which on it is looked for: shortly before one that finds it. */
    final long from;

    Mutation(Class<?> type, String method, String breaks, long from) {
        this.type = type;
        this.method = method;
        this.breaks = breaks;
        this.from = from;
    }

    /** The story of a seed, in a world in which the fault may show. */
    Story story(long seed) {
        return Stories.of(seed);
    }

    /** What becomes of a call of the method; usually nothing. */
    @Nullable
    Object apply(MethodInvocation call, JdbcClient ledger) throws Throwable {
        return null;
    }
}
