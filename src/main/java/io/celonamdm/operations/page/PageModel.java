package io.celonamdm.operations.page;

import io.celonamdm.control.RequestRejected;
import io.celonamdm.settings.SecuritySettings.Role;
import io.celonamdm.sync.CodeTexts;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/** The model that all views share: the user, their role, the flash message, and errors. */
@ControllerAdvice
class PageModel {
    private static final String OPERATOR = "ROLE_" + Role.OPERATOR.name();
    private static final String ANONYMOUS = "anonymousUser";

    private final CodeTexts texts;
    private final UtcFormat moments;

    PageModel(CodeTexts texts, Clock clock) {
        this.texts = texts;
        this.moments = new UtcFormat(clock);
    }

    @ModelAttribute
    void add(HttpServletRequest request, Model model) {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        model.addAttribute("user", login == null || ANONYMOUS.equals(login.getName()) ? null : login.getName());
        model.addAttribute("operator", mayAct(login));
        model.addAttribute("moments", moments);
        model.addAttribute("texts", texts);
        MultiValueMap<String, String> query = query(request);
        model.addAttribute(
                "done",
                FlashMessage.text(query.getFirst("done"), count(query.getFirst("count")))
                        .orElse(null));
    }

    @ExceptionHandler
    ModelAndView rejected(RequestRejected why, HttpServletRequest request) {
        ModelAndView view = new ModelAndView("refused", HttpStatusCode.valueOf(why.status()));
        Model frame = new ExtendedModelMap();
        add(request, frame);
        view.addAllObjects(frame.asMap());
        view.addObject("why", why.text());
        return view;
    }

    /** The address alone: a parameter of the request may be in its body, for which an error page would wait. */
    private static MultiValueMap<String, String> query(HttpServletRequest request) {
        return UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams();
    }

    private static boolean mayAct(@Nullable Authentication login) {
        return login != null && login.getAuthorities().stream().anyMatch(each -> OPERATOR.equals(each.getAuthority()));
    }

    private static int count(@Nullable String number) {
        try {
            return number == null ? 0 : Integer.parseInt(number);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
