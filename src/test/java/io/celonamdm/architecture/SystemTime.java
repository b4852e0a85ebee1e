package io.celonamdm.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.time.Clock;
import java.util.Date;

/** How a class could get at the time of the machine, past the injected clock. */
final class SystemTime {
    static final DescribedPredicate<JavaAccess<?>> IS_READ =
            DescribedPredicate.describe("reads the time of the machine", access -> isRead(access.getTarget()));

    static final DescribedPredicate<JavaAccess<?>> PASSES = DescribedPredicate.describe(
            "sleeps",
            access -> access.getTarget().getName().equals("sleep")
                    && access.getTargetOwner().getPackageName().startsWith("java."));

    private SystemTime() {}

    private static boolean isRead(AccessTarget target) {
        String name = target.getName();
        if (target.getOwner().isEquivalentTo(System.class)) {
            return name.equals("currentTimeMillis");
        }
        if (target.getOwner().isEquivalentTo(Clock.class)) {
            return name.startsWith("system") || name.startsWith("tick");
        }
        if (target.getOwner().isEquivalentTo(Date.class)) {
            return name.equals("<init>") && !takes(target, long.class);
        }
        return name.equals("now")
                && target.getOwner().getPackageName().startsWith("java.time")
                && !takes(target, Clock.class);
    }

    private static boolean takes(AccessTarget target, Class<?> type) {
        return target instanceof CodeUnitAccessTarget code
                && code.getRawParameterTypes().stream().anyMatch(each -> each.isEquivalentTo(type));
    }
}
