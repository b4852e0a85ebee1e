package io.celonamdm.operations.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.ledger.run.Run;
import io.celonamdm.rings.Slow;
import io.celonamdm.sync.CodeTexts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/** The endings of runs and the guards of plans are shown with their meaning. */
@Slow
class MeaningsTests {
    private static final String ENDING = "<p th:replace=\"~{parts :: ending(${code}, ${outcome})}\"></p>";

    private final Context model = new Context(Locale.ENGLISH);

    private String shown(String template) {
        ClassLoaderTemplateResolver files = new ClassLoaderTemplateResolver();
        files.setPrefix("templates/");
        files.setSuffix(".html");
        files.setCheckExistence(true);
        files.setOrder(1);
        StringTemplateResolver text = new StringTemplateResolver();
        text.setOrder(2);
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.addTemplateResolver(files);
        engine.addTemplateResolver(text);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(CodeTexts.class)) {
            model.setVariable("texts", context.getBean(CodeTexts.class));
            return engine.process(template, model);
        }
    }

    private String ending(@Nullable String code, Run.@Nullable Outcome outcome) {
        model.setVariable("code", code);
        model.setVariable("outcome", outcome);
        return shown(ENDING);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SUCCESS")
    void anEndingHasItsMeaningWithoutACodeOfTheRun(Run.Outcome outcome) {
        assertThat(ending(null, outcome)).contains("<code>" + outcome + "</code>", "What to do:");
    }

    @Test
    void theCodeOfTheRunSaysMore() {
        assertThat(ending("FORBIDDEN", Run.Outcome.FAILED))
                .contains("<code>FORBIDDEN</code>", "What to do:")
                .doesNotContain("FAILED");
    }

    @Test
    void nothingIsToBeSaidOfAGoodOrAnOpenRun() {
        assertThat(ending(null, Run.Outcome.SUCCESS)).isBlank();
        assertThat(ending(null, null)).isBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAX_NEW", "MAX_NEW_PERCENT"})
    void aGuardHasItsMeaning(String guard) {
        model.setVariable("guard", guard);

        assertThat(shown("<p th:replace=\"~{parts :: guard(${guard})}\"></p>"))
                .contains("<code>" + guard + "</code>", "More new devices than");
    }
}
