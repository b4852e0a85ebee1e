package io.celonamdm.operations.access;

import io.celonamdm.ledger.Actor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The user of the current call. */
@Component
class SignedIn implements Actor {
    private static final String NOBODY = "operator";

    @Override
    public String name() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null ? NOBODY : authentication.getName();
    }
}
