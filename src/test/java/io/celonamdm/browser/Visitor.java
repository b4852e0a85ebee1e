package io.celonamdm.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.AddScriptTagOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import io.celonamdm.login.Login;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A person before the page. Whatever the browser complains about while he is there fails the test. */
public final class Visitor implements AutoCloseable {
    private static final int MOST_TABS = 200;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    /** What the browser says of the way in which axe reads colours. */
    private static final String OF_AXE = "Canvas2D: Multiple readback operations";

    private Visitor(BrowserContext context) {
        this.context = context;
        context.setDefaultTimeout(20_000);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())
                    && !message.text().startsWith(OF_AXE)) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        page.onPageError(complaints::add);
    }

    /** Comes with a login, and whatever else is special about his browser. */
    public static Visitor come(
            Chromium chromium, Login login, String address, UnaryOperator<NewContextOptions> special) {
        return new Visitor(chromium.browser()
                .newContext(special.apply(new NewContextOptions()
                        .setBaseURL(address)
                        .setHttpCredentials(login.user(), login.password())
                        .setLocale("en-GB")
                        .setTimezoneId("UTC")
                        .setColorScheme(ColorScheme.LIGHT)
                        .setViewportSize(1280, 900))));
    }

    /** What he sees. */
    public Page page() {
        return page;
    }

    /** Goes to an address of the connector. */
    public Visitor goTo(String path) {
        assertThat(Objects.requireNonNull(page.navigate(path)).status())
                .as(path)
                .isEqualTo(200);
        return this;
    }

    /** The button of that name. */
    public Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The buttons that act, which leaves out those that only search and filter. */
    public Locator actions() {
        return page.locator("main form[method=post]:not([action$='/search']) button");
    }

    /** Moves the focus there by the Tab key alone. */
    public Visitor tabTo(Locator target) {
        for (int i = 0; i < MOST_TABS; i++) {
            if (Boolean.TRUE.equals(target.evaluate("each => each === document.activeElement"))) {
                return this;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the Tab key does not lead to " + target);
    }

    /** Presses Enter, and waits for the address to which it leads. */
    public Visitor enter() {
        String here = page.url();
        page.keyboard().press("Enter");
        page.waitForURL(address -> !address.equals(here));
        return this;
    }

    /** By how many pixels what he sees is wider than his window. */
    public int excess() {
        return excess("document.documentElement");
    }

    /** By how many pixels the widest table is wider than its place. */
    public int cut() {
        return excess("...document.querySelectorAll('.wide')");
    }

    private int excess(String elements) {
        return ((Number) Objects.requireNonNull(page.evaluate(
                        "() => Math.max(0, ...[" + elements + "].map(each => each.scrollWidth - each.clientWidth))")))
                .intValue();
    }

    /** What the page says was done. */
    public String done() {
        return page.locator(".done").textContent().strip();
    }

    /** Sends a form as if a view had it, with that view's token. */
    public APIResponse send(String view, String path, Map<String, String> fields) {
        FormData form = FormData.create()
                .set(
                        "_csrf",
                        goTo(view).page().locator("input[name=_csrf]").first().inputValue());
        fields.forEach(form::set);
        return page.request()
                .post(
                        path,
                        RequestOptions.create().setHeader("Accept", "text/html").setForm(form));
    }

    /** Keeps a picture of what he sees, for whoever wants to look, once its images are there. */
    public void takePicture(String name) {
        page.evaluate("Promise.all([...document.images].map(image => image.decode()))");
        page.screenshot(new ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** What keeps people with a handicap from using what he sees; his context must bypass the page's policy. */
    @SuppressWarnings("unchecked")
    public List<String> barriers() {
        try (InputStream axe = Objects.requireNonNull(Visitor.class.getResourceAsStream(AXE))) {
            page.addScriptTag(
                    new AddScriptTagOptions().setContent(new String(axe.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (List<String>) Objects.requireNonNull(page.evaluate(
                "async () => (await axe.run()).violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200)"
                        + " + ' ' + n.any.map(a => a.message).join(' ').slice(0, 200)))"));
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }
}
