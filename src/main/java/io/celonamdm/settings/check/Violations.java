package io.celonamdm.settings.check;

import io.celonamdm.settings.ConnectorSettings;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.Comparator;
import java.util.Locale;
import org.hibernate.validator.HibernateValidator;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Checks the constraints that the records declare. */
final class Violations {
    private Violations() {}

    static void check(ConnectorSettings settings, Problems problems) {
        // The report is in English wherever the machine stands.
        try (ValidatorFactory factory = Validation.byProvider(HibernateValidator.class)
                .configure()
                .defaultLocale(Locale.ENGLISH)
                .buildValidatorFactory()) {
            factory.getValidator().validate(settings).stream()
                    .sorted(Comparator.comparing(ConstraintViolation::getMessage))
                    .forEach(violation -> problems.add(key(violation.getPropertyPath()), violation.getMessage()));
        }
    }

    private static ConfigurationPropertyName key(Path path) {
        ConfigurationPropertyName key = Keys.CONNECTOR;
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                key = key.append("[" + node.getIndex() + "]");
            }
            if (node.getKey() != null) {
                key = Keys.entry(key, AllowedValues.written(node.getKey()));
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                key = key.append(DataObjectPropertyName.toDashedForm(node.getName()));
            }
        }
        return key;
    }
}
