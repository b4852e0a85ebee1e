package io.celonamdm.settings.check;

import io.celonamdm.plan.DeviceName;
import io.celonamdm.plan.GivenIccid;
import io.celonamdm.plan.OrderColumn;
import io.celonamdm.plan.When;
import io.celonamdm.settings.SyncSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Templates, conditions and patterns can be applied to a device. */
final class RulesCanBeRead implements SyncRule {
    @Override
    public void check(ConfigurationPropertyName at, SyncSettings sync, Problems problems) {
        add(at.append("device-name"), DeviceName.problems(String.valueOf(sync.deviceName())), problems);
        add(
                at.append("iccid-from"),
                GivenIccid.problem(sync.iccidFrom()).stream().toList(),
                problems);
        for (int i = 0; i < sync.deviceGroups().size(); i++) {
            check(
                    at.append("device-groups[" + i + "].when"),
                    sync.deviceGroups().get(i).when(),
                    problems);
        }
        checkOrders(
                at.append("mdm.csv.orders.columns"), sync.mdm().csv().orders().columns(), problems);
        check(at.append("scope.include"), sync.scope().include(), problems);
        check(at.append("scope.exclude"), sync.scope().exclude(), problems);
    }

    private static void checkOrders(ConfigurationPropertyName at, List<String> columns, Problems problems) {
        Set<String> headers = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = String.valueOf(columns.get(i));
            List<String> texts = new ArrayList<>(OrderColumn.problems(column));
            String header = OrderColumn.header(column);
            if (!header.isEmpty() && !headers.add(header.toLowerCase(Locale.ROOT))) {
                texts.add("has the header \"" + header + "\", which a column before it has");
            }
            add(at.append("[" + i + "]"), texts, problems);
        }
    }

    private static void check(ConfigurationPropertyName at, List<When> conditions, Problems problems) {
        for (int i = 0; i < conditions.size(); i++) {
            check(at.append("[" + i + "]"), conditions.get(i), problems);
        }
    }

    private static void check(ConfigurationPropertyName at, When condition, Problems problems) {
        // a condition that could not be bound is already in the report
        if (condition == null) {
            return;
        }
        for (When.Fault fault : condition.faults()) {
            String text = fault.attribute().isEmpty()
                    ? fault.text()
                    : "the pattern of " + fault.attribute() + " " + fault.text();
            add(fault.key().isEmpty() ? at : at.append(fault.key()), List.of(text), problems);
        }
    }

    private static void add(ConfigurationPropertyName key, List<String> texts, Problems problems) {
        if (!texts.isEmpty()) {
            problems.add(key, String.join("; it ", texts));
        }
    }
}
