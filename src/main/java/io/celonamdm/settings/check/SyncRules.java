package io.celonamdm.settings.check;

import io.celonamdm.celona.Column;
import io.celonamdm.celona.OpCode;
import io.celonamdm.files.FileTrouble;
import io.celonamdm.plan.DeviceName;
import io.celonamdm.plan.GivenIccid;
import io.celonamdm.plan.OrderColumn;
import io.celonamdm.plan.When;
import io.celonamdm.settings.CelonaSettings.PollSettings;
import io.celonamdm.settings.CelonaSettings.ProvisionSettings;
import io.celonamdm.settings.ExclusionFile;
import io.celonamdm.settings.ScopeSettings;
import io.celonamdm.settings.SimLockSettings;
import io.celonamdm.settings.SyncSettings;
import io.celonamdm.settings.SyncSettings.ConfirmSettings;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The rules over several settings of a sync. One object checks all syncs, since two of them share no folder. */
final class SyncRules {
    /** What a shipped platform needs to reach its tenant, by key; your own platform checks its own. */
    private static final Map<String, Map<String, String>> NEEDED = Map.of(
            "jamf",
            Map.of(
                    "base-url", "the tenant's address, such as https://example.jamfcloud.com",
                    "client-id", "the id of the API client in Jamf Pro",
                    "client-secret", "the secret of the API client in Jamf Pro"),
            "csv",
            Map.of("folder", "the folder that takes the exports, such as /srv/celona/exports"),
            "intune",
            Map.of(
                    "tenant-id", "the id of the Entra tenant",
                    "client-id", "the application (client) id of the app registration in Entra"));

    private static final List<String> CREDENTIALS =
            List.of("client-secret", "intune.certificate-file", "intune.token-file");

    private final WrittenSettings written;
    private final Problems problems;
    private final Map<Path, String> folders = new HashMap<>();

    SyncRules(WrittenSettings written, Problems problems) {
        this.written = written;
        this.problems = problems;
    }

    void check(ConfigurationPropertyName at, SyncSettings sync) {
        PollSettings poll = sync.celona().poll();
        checkWaits(at.append("celona.poll"), poll.first(), poll.max(), poll.deadline());
        ProvisionSettings provision = sync.celona().provision();
        checkWaits(at.append("celona.provision"), provision.first(), provision.max(), provision.deadline());
        ConfirmSettings confirm = sync.confirm();
        checkWaits(at.append("confirm"), confirm.first(), confirm.max(), confirm.deadline());
        checkWaits(at.append("retry"), sync.retry().first(), sync.retry().max());
        checkCsvColumns(at.append("celona.columns"), sync.celona().columns());
        checkPlatform(at.append("mdm"), sync.mdm());
        AppleBusinessFit.check(at.append("mdm"), sync.mdm(), problems);
        GeofencesFit.check(at.append("mdm.profile"), sync.mdm().profile(), problems);
        checkFolder(at, sync.mdm());
        checkOrders(
                at.append("mdm.csv.orders.columns"), sync.mdm().csv().orders().columns());
        add(at.append("device-name"), DeviceName.problems(String.valueOf(sync.deviceName())));
        GivenIccid.problem(sync.iccidFrom()).ifPresent(text -> problems.add(at.append("iccid-from"), text));
        checkSimLock(at.append("sim-lock"), sync.simLock());
        forEach(at.append("device-groups"), sync.deviceGroups(), (key, rule) -> {
            checkCondition(key.append("when"), rule.when());
            checkSimLock(key.append("sim-lock"), rule.simLock());
        });
        checkScope(at.append("scope"), sync.scope());
        if (sync.between() != null
                && "intune".equals(sync.mdm().platform())
                && !sync.mdm().filter().isBlank()) {
            problems.add(
                    at.append("between"),
                    "does not work with mdm.filter: Graph may ignore two filters together, and a look would let in what"
                            + " the filter leaves out; use mdm.intune.operating-systems, mdm.intune.categories or scope");
        }
    }

    /** The first wait is no longer than the longest one, which is no longer than the deadline. */
    private void checkWaits(ConfigurationPropertyName group, Duration... waits) {
        List<ConfigurationPropertyName> keys =
                Stream.of("first", "max", "deadline").map(group::append).toList();
        for (int i = 1; i < waits.length; i++) {
            if (waits[i - 1].compareTo(waits[i]) > 0 && !problems.spoil(keys.get(i))) {
                problems.add(
                        keys.get(i - 1),
                        text(waits[i - 1]) + " must not be longer than " + keys.get(i) + ", which is "
                                + text(waits[i]));
            }
        }
    }

    private static String text(Duration duration) {
        return duration.toString().replaceFirst("^PT", "").toLowerCase(Locale.ROOT);
    }

    /** Celona reads the CSV by position. */
    private void checkCsvColumns(ConfigurationPropertyName at, Map<OpCode, List<Column>> columns) {
        columns.forEach((opCode, its) -> {
            if (its != null && !its.isEmpty() && its.get(0) != Column.ICCID) {
                problems.add(at.append(AllowedValues.written(opCode)), "must start with iccid");
            }
        });
    }

    private void checkPlatform(ConfigurationPropertyName mdm, MdmSettings settings) {
        NEEDED.getOrDefault(String.valueOf(settings.platform()), Map.of()).forEach((key, what) -> {
            if (isMissing(mdm.append(key))) {
                problems.add(mdm.append(key), "missing: " + what);
            }
        });
        URI tenant = settings.baseUrl();
        if ("jamf".equals(settings.platform()) && tenant != null && isGateway(String.valueOf(tenant.getHost()))) {
            problems.add(
                    mdm.append("base-url"),
                    "is Jamf's platform gateway, which is not supported; must be the tenant's own address, such as"
                            + " https://example.jamfcloud.com");
        }
        if ("intune".equals(settings.platform())) {
            ConfigurationPropertyName group = mdm.append("intune.apple.group");
            if (settings.push().contains(PushWay.PROFILE)
                    && settings.intune().apple().group().isBlank()
                    && !problems.spoil(group)) {
                problems.add(group, "missing: the object id of the Entra group that gets the profile of mdm.push");
            }
            long missing = CREDENTIALS.stream()
                    .map(mdm::append)
                    .filter(this::isMissing)
                    .count();
            if (missing == CREDENTIALS.size()) {
                problems.add(
                        mdm.append("client-secret"),
                        "missing: a client secret, or intune.certificate-file, or intune.token-file instead");
            } else if (missing < CREDENTIALS.size() - 1) {
                problems.add(
                        mdm.append("client-secret"),
                        "one of client-secret, intune.certificate-file and intune.token-file must be set alone");
            }
        }
    }

    /**
     * Jamf's platform gateway has other paths and credentials, and nothing documents that it accepts the command that makes a
     * device fetch its eSIM. Its first name was {@code *.apigw.jamf.com}; since September 2026 it is {@code
     * <region>.api.jamfcloud.com}.
     */
    private static boolean isGateway(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".api.jamfcloud.com") || name.endsWith(".apigw.jamf.com");
    }

    private boolean isMissing(ConfigurationPropertyName key) {
        return written.value(key).filter(value -> !value.isBlank()).isEmpty();
    }

    /** No two syncs share an input folder: each would move files that the other has not read yet. */
    private void checkFolder(ConfigurationPropertyName at, MdmSettings mdm) {
        ConfigurationPropertyName key = at.append("mdm.folder");
        boolean used = "csv".equals(mdm.platform()) || MdmSettings.APPLE_BUSINESS.equals(mdm.platform());
        if (!used || mdm.folder().isBlank() || problems.spoil(key)) {
            return;
        }
        try {
            String owner = folders.putIfAbsent(identity(Path.of(mdm.folder())), at.getLastElement(Form.ORIGINAL));
            if (owner != null) {
                problems.add(key, "is the folder of sync %s already; each sync needs its own".formatted(owner));
            }
        } catch (InvalidPathException e) {
            problems.add(key, "is no path of a folder");
        }
    }

    /** Follows links, so that a link and its folder are the same. */
    private static Path identity(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            // it does not exist yet
            return folder.toAbsolutePath().normalize();
        }
    }

    private void checkOrders(ConfigurationPropertyName at, List<String> columns) {
        Set<String> headers = new HashSet<>();
        forEach(at, columns, (key, column) -> {
            List<String> texts = new ArrayList<>(OrderColumn.problems(column));
            String header = OrderColumn.header(column);
            if (!header.isEmpty() && !headers.add(header.toLowerCase(Locale.ROOT))) {
                texts.add("has the header \"" + header + "\", which a column before it has");
            }
            add(key, texts);
        });
    }

    /** An enabled SIM lock names its policy; a policy is allowed only with an enabled SIM lock. */
    private void checkSimLock(ConfigurationPropertyName at, @Nullable SimLockSettings simLock) {
        ConfigurationPropertyName status = at.append("status");
        ConfigurationPropertyName policy = at.append("policy");
        if (simLock == null || problems.spoil(status)) {
            return;
        }
        boolean enabled = simLock.isEnabled();
        if (!enabled && !simLock.policy().isEmpty()) {
            problems.add(policy, "has no effect unless " + status + " is Enabled");
        } else if (enabled && simLock.policy().isEmpty()) {
            problems.add(policy, "missing: ONATTACH or IMEIMAPPING, because " + status + " is Enabled");
        }
    }

    /** The exclusion file exists, no excluded EID has lost a digit, and conditions can be applied. */
    private void checkScope(ConfigurationPropertyName at, ScopeSettings scope) {
        forEach(at.append("include"), scope.include(), this::checkCondition);
        forEach(at.append("exclude"), scope.exclude(), this::checkCondition);
        forEach(
                at.append("exclude-ids"),
                scope.excludeIds(),
                (key, id) -> ExclusionFile.problem(id).ifPresent(text -> problems.add(key, text)));
        ConfigurationPropertyName file = at.append("exclude-file");
        if (scope.excludeFile().isBlank() || problems.spoil(file)) {
            return;
        }
        try {
            ExclusionFile.entries(scope.excludeFile()).stream()
                    .flatMap(entry -> ExclusionFile.problem(entry.id()).stream()
                            .map(text -> "line %d: %s".formatted(entry.line(), text)))
                    .findFirst()
                    .ifPresent(text -> problems.add(file, text));
        } catch (UncheckedIOException | InvalidPathException e) {
            problems.add(
                    file,
                    "cannot be read as a text file: "
                            + (e instanceof UncheckedIOException ? FileTrouble.text(e) : e.getMessage()));
        }
    }

    private void checkCondition(ConfigurationPropertyName at, @Nullable When condition) {
        // a condition that could not be bound is already in the report
        for (When.Fault fault : condition == null ? List.<When.Fault>of() : condition.faults()) {
            problems.add(
                    fault.key().isEmpty() ? at : at.append(fault.key()),
                    (fault.attribute().isEmpty() ? "" : "the pattern of " + fault.attribute() + " ") + fault.text());
        }
    }

    private void add(ConfigurationPropertyName key, List<String> texts) {
        if (!texts.isEmpty()) {
            problems.add(key, String.join("; it ", texts));
        }
    }

    private static <T> void forEach(
            ConfigurationPropertyName list, List<T> elements, BiConsumer<ConfigurationPropertyName, T> check) {
        for (int i = 0; i < elements.size(); i++) {
            check.accept(list.append("[" + i + "]"), elements.get(i));
        }
    }
}
