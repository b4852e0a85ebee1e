package io.celonamdm.settings.check;

import io.celonamdm.settings.ConnectorSettings;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.HibernateValidator;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Checks the constraints that the records declare. */
final class Violations {
    private static final Set<Class<?>> PRESENCE = Set.of(NotBlank.class, NotNull.class);

    private Violations() {}

    static void check(ConnectorSettings settings, Problems problems) {
        for (ConstraintViolation<ConnectorSettings> violation : of(settings)) {
            problems.add(key(violation.getPropertyPath()), text(violation));
        }
    }

    private static List<ConstraintViolation<ConnectorSettings>> of(ConnectorSettings settings) {
        // The report is in English wherever the machine stands.
        try (ValidatorFactory factory = Validation.byProvider(HibernateValidator.class)
                .configure()
                .defaultLocale(Locale.ENGLISH)
                .buildValidatorFactory()) {
            return factory.getValidator().validate(settings).stream()
                    .sorted(Comparator.comparing(ConstraintViolation::getMessage))
                    .toList();
        }
    }

    private static ConfigurationPropertyName key(Path path) {
        ConfigurationPropertyName key = Keys.CONNECTOR;
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                key = key.append("[" + node.getIndex() + "]");
            }
            if (node.getKey() != null) {
                key = Keys.entry(key, name(node.getKey()));
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                key = key.append(DataObjectPropertyName.toDashedForm(node.getName()));
            }
        }
        return key;
    }

    private static String name(Object key) {
        return key instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : key.toString();
    }

    /** The message of a presence constraint says what the setting is for. */
    private static String text(ConstraintViolation<?> violation) {
        boolean absent = PRESENCE.contains(
                violation.getConstraintDescriptor().getAnnotation().annotationType());
        boolean purpose = !violation.getMessageTemplate().startsWith("{");
        return absent ? "missing" + (purpose ? ": " + violation.getMessage() : "") : violation.getMessage();
    }
}
