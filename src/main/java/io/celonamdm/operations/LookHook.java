package io.celonamdm.operations;

import io.celonamdm.control.LookControl;
import io.celonamdm.control.RequestRejected;
import io.celonamdm.sync.Syncs;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The doorbell for webhooks of an MDM: {@code POST /hooks/{sync}/look}. A call says that it is time to look, and nothing
 * else: its body is discarded.
 */
@RestController
class LookHook {
    private final Syncs syncs;
    private final LookControl control;

    LookHook(Syncs syncs, LookControl control) {
        this.syncs = syncs;
        this.control = control;
    }

    @PostMapping("/hooks/{name}/look")
    ResponseEntity<Map<String, String>> look(@PathVariable String name, HttpServletRequest request) throws IOException {
        // of limited length, see operations.access; an unread body would close the connection on the caller
        request.getInputStream().transferTo(OutputStream.nullOutputStream());
        try {
            control.soon(RequestParameters.sync(syncs, name));
            return ResponseEntity.accepted().build();
        } catch (RequestRejected e) {
            return ResponseEntity.status(e.status()).body(Map.of("error", e.text()));
        }
    }
}
