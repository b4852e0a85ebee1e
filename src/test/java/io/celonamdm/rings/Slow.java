package io.celonamdm.rings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test that starts a Spring context, a process or a browser: {@code mvn verify} runs it, {@code mvn test} does not.
 * {@link RingsTest} says which tests need it; subclasses inherit it.
 */
@Tag("slow")
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Slow {}
