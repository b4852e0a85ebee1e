package io.celonamdm.settings;

import io.celonamdm.celona.Column;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the first column; absence is for {@code @NotEmpty} to report. */
public class IccidFirstValidator implements ConstraintValidator<IccidFirst, List<Column>> {
    @Override
    public boolean isValid(@Nullable List<Column> value, ConstraintValidatorContext context) {
        return value == null || value.isEmpty() || value.get(0) == Column.ICCID;
    }
}
