package io.celonamdm.operations.notices;

import io.celonamdm.ledger.Notice.Line;
import io.celonamdm.sync.CodeTexts;
import io.celonamdm.sync.CodeTexts.CodeText;
import java.util.List;
import org.springframework.stereotype.Component;

/** Adds to each code in a notice its meaning and what to do. */
@Component
class Explained {
    private final CodeTexts texts;

    Explained(CodeTexts texts) {
        this.texts = texts;
    }

    Line meaning(String code, String as) {
        return new Line("meaning", texts.of(code, as).map(CodeText::meaning).orElse(code));
    }

    String todo(String code, String as) {
        return texts.of(code, as).map(CodeText::todo).orElse("See docs/reason-codes.md.");
    }

    List<Line> lines(String code, String as) {
        return List.of(meaning(code, as), new Line("what to do", todo(code, as)));
    }
}
