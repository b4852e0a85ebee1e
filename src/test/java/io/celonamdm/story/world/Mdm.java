package io.celonamdm.story.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tenant of an MDM, as far as the connector calls it: what it shows of its phones, and what it tells them. */
public abstract class Mdm {
    /** The kinds of MDMs. */
    public enum Kind {
        /** Jamf Pro. */
        JAMF,
        /** Microsoft Intune. */
        INTUNE,
        /** Files, which together show all phones. */
        CSV,
        /** Files with what is new. */
        CSV_ADDITIONS,
        /** Apple Business Manager, whose phones are in their boxes. */
        APPLE
    }

    /** A command to a phone. */
    static final class Command {
        final String uuid;
        final Phone phone;
        final String managementId;
        final Instant sent;
        final String address;
        /** What the phone said last. */
        Phone.@Nullable Mood answer;

        @Nullable
        Instant completed;

        boolean forgotten;
        /** Whether a person wanted another one beside it. */
        boolean excused;
        /** Whether the connector can know of it. */
        boolean told;

        Command(String uuid, Phone phone, String managementId, Instant sent, String address) {
            this.uuid = uuid;
            this.phone = phone;
            this.managementId = managementId;
            this.sent = sent;
            this.address = address;
        }

        boolean open() {
            return answer == null || answer == Phone.Mood.NOT_NOW;
        }
    }

    final World world;
    /** Which tenant it is. */
    final int number;

    final List<Command> commands = new ArrayList<>();
    /** How long it takes until commands are shown. */
    public Duration lag = Duration.ZERO;
    /** Whether it shows no phones. */
    public boolean collapsed;

    Mdm(World world, int number) {
        this.world = world;
        this.number = number;
    }

    /** Which tenant it is. */
    public final int number() {
        return number;
    }

    /** The kind of MDM. */
    public abstract Kind kind();

    abstract Reply answer(Received call, Instant now, boolean answered);

    /** Ends what goes wrong by itself. */
    public void heal() {
        lag = Duration.ZERO;
        collapsed = false;
    }

    /** Forgets what it was told to do. */
    public final void forget(boolean openOnesToo) {
        commands.stream().filter(each -> openOnesToo || !each.open()).forEach(each -> each.forgotten = true);
    }

    /** The phones that it manages. */
    final List<Phone> phones() {
        return world.phones.stream()
                .filter(each -> each.inMdm && each.tenant == number)
                .toList();
    }

    /** The phones that went to another tenant, and whose records were left behind. */
    final List<Phone> leftBehind() {
        return world.phones.stream()
                .filter(each -> each.inMdm && each.leftBehindIn == number)
                .toList();
    }

    /** A phone that it manages, or believes to, by its management id. */
    final @Nullable Phone managed(String managementId) {
        return Stream.concat(
                        phones().stream().filter(each -> each.managementId.equals(managementId)),
                        leftBehind().stream().filter(each -> each.formerManagementId.equals(managementId)))
                .findFirst()
                .orElse(null);
    }

    final boolean isShown(Command command, Instant now) {
        return !command.forgotten && !command.sent.plus(lag).isAfter(now);
    }

    final Command send(Phone phone, String managementId, Instant now, String address, boolean told) {
        commands.stream()
                .filter(each -> each.managementId.equals(managementId) && isShown(each, now))
                .filter(each -> !each.excused && (each.open() || !each.told))
                .findFirst()
                .ifPresent(earlier -> world.violation(
                        "TWO_COMMANDS",
                        "%s got a command while %s was shown %s"
                                .formatted(phone, earlier.uuid, earlier.open() ? "as open" : "and not looked for")));
        Command command = new Command("cmd-" + number + "-" + commands.size(), phone, managementId, now, address);
        command.told = told;
        commands.add(command);
        world.counted("command", phone.eid);
        return command;
    }

    /** The phones that were told, as they are enrolled now, and so are to have the profile. */
    public final List<Phone> told() {
        return commands.stream()
                .filter(command -> command.told && command.managementId.equals(command.phone.managementId))
                .map(command -> command.phone)
                .filter(phone -> phone.tenant == number && phone.counts())
                .distinct()
                .toList();
    }

    /** Tells phones what waits for them. */
    void reachPhones(Instant now) {
        for (Command command : commands) {
            Phone phone = command.phone;
            if (command.open()
                    && !command.forgotten
                    && phone.online
                    && phone.tenant == number
                    && phone.managementId.equals(command.managementId)
                    && !command.sent.plus(phone.slow).isAfter(now)) {
                command.answer = phone.mood;
                command.completed = command.open() ? null : now;
                if (phone.mood == Phone.Mood.WILLING) {
                    phone.acknowledged.put(phone.eid, now);
                    world.downloads(phone, now);
                }
            }
        }
    }
}
