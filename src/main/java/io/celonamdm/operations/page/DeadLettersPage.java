package io.celonamdm.operations.page;

import io.celonamdm.control.DeadLetterControl;
import io.celonamdm.control.DeadLetterCsv;
import io.celonamdm.control.DoubtAction;
import io.celonamdm.control.DoubtControl;
import io.celonamdm.control.Reason;
import io.celonamdm.control.RequestRejected;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.esim.SyncName;
import io.celonamdm.ledger.device.DeadLetter;
import io.celonamdm.ledger.device.DeadLetters;
import io.celonamdm.ledger.report.DeviceCounts;
import io.celonamdm.ledger.report.DeviceStates;
import io.celonamdm.operations.RequestParameters;
import io.celonamdm.sync.Sync;
import io.celonamdm.sync.Syncs;
import io.celonamdm.text.Counted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The open dead letters of a sync, and their redrive. */
@Controller
class DeadLettersPage {
    private static final int SHOWN = 200;
    private static final int MOST = 100_000;
    private static final Map<String, DoubtAction> TAKES_BACK =
            Map.of(DoubtAction.ADOPT.word(), DoubtAction.ADOPT, DoubtAction.RELEASE.word(), DoubtAction.RELEASE);
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final Syncs syncs;
    private final DeadLetters deadLetters;
    private final DeviceCounts counts;
    private final DeadLetterControl control;
    private final DoubtControl doubts;
    private final DeviceStates devices;

    DeadLettersPage(
            Syncs syncs,
            DeadLetters deadLetters,
            DeviceCounts counts,
            DeadLetterControl control,
            DoubtControl doubts,
            DeviceStates devices) {
        this.syncs = syncs;
        this.deadLetters = deadLetters;
        this.counts = counts;
        this.control = control;
        this.doubts = doubts;
        this.devices = devices;
    }

    @GetMapping("/syncs/{name}/dead-letters")
    String show(@PathVariable String name, @RequestParam(defaultValue = "") String code, Model model) {
        SyncName sync = RequestParameters.sync(syncs, name).name();
        List<DeadLetter> letters = deadLetters.list(sync, code(code), SHOWN);
        model.addAttribute("name", name);
        model.addAttribute("code", code);
        model.addAttribute("codes", counts.deadLettersByCode(sync));
        model.addAttribute("letters", letters);
        model.addAttribute(
                "devices",
                devices.ids(sync, letters.stream().map(DeadLetter::eid).toList()));
        return "dead-letters";
    }

    @GetMapping("/syncs/{name}/dead-letters.csv")
    ResponseEntity<String> download(@PathVariable String name, @RequestParam(defaultValue = "") String code) {
        SyncName sync = RequestParameters.sync(syncs, name).name();
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("dead-letters-" + name + ".csv")
                                .build()
                                .toString())
                .body(DeadLetterCsv.write(deadLetters.list(sync, code(code), MOST)));
    }

    @PostMapping("/syncs/{name}/dead-letters")
    String redrive(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String code,
            @RequestParam String which,
            @RequestParam(required = false) @Nullable List<String> eid,
            @RequestParam(defaultValue = "") String requestId,
            @RequestParam(defaultValue = "") String address,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) @Nullable Integer count,
            Model model) {
        Sync sync = RequestParameters.sync(syncs, name);
        DoubtAction takesBack = TAKES_BACK.get(which);
        if (takesBack != null) {
            if (eid == null) {
                throw RequestRejected.invalid("no device is ticked: tick given-up devices to continue");
            }
            if (takesBack == DoubtAction.RELEASE && !SecondStep.isGiven(count, eid.size())) {
                return release(name, eid, Reason.required(reason)).in(model);
            }
            int decided = doubts.takeBack(takesBack, sync, eid, requestId, address.isBlank() ? null : address, reason);
            return "redirect:/syncs/%s/dead-letters?done=%s&count=%d"
                    .formatted(name, FlashMessage.DECIDED.word(), decided);
        }
        boolean ticked = "ticked".equals(which);
        if (ticked && eid == null) {
            throw RequestRejected.invalid("no device is ticked: tick devices to redrive, or redrive all of a code");
        }
        if (!ticked) {
            int letters = control.count(sync, code(code));
            if (!SecondStep.isGiven(count, letters)) {
                return redrive(name, code, letters, Reason.required(reason)).in(model);
            }
        }
        int redriven = control.redrive(sync, code(code), ticked ? eid : null, reason);
        return "redirect:/syncs/%s/dead-letters?done=%s&count=%d"
                .formatted(name, FlashMessage.REDRIVEN.word(), redriven);
    }

    @PostMapping("/syncs/{name}/dead-letters/import")
    String importCsv(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String csv,
            @RequestParam(defaultValue = "") String reason,
            Model model) {
        Sync sync = RequestParameters.sync(syncs, name);
        model.addAttribute("name", name);
        model.addAttribute("imported", control.importCsv(sync, csv.isBlank() ? null : csv, reason));
        return "imported";
    }

    private static SecondStep release(String name, List<String> eids, String reason) {
        Map<String, List<String>> fields = SecondStep.fields("which", DoubtAction.RELEASE.word(), "reason", reason);
        fields.put("eid", eids);
        return new SecondStep(
                name,
                "Post %s to assign-eid again?".formatted(Counted.words(eids.size(), "device")),
                "If Celona has an eSIM for one of them after all, it gets a second one.",
                eids.size(),
                "Release " + Counted.words(eids.size(), "device"),
                "/syncs/%s/dead-letters".formatted(name),
                "/syncs/%s/dead-letters?code=%s".formatted(name, ReasonCode.GIVEN_UP),
                fields);
    }

    private static SecondStep redrive(String name, String code, int letters, String reason) {
        return new SecondStep(
                name,
                "Redrive %s%s?".formatted(Counted.words(letters, "dead letter"), code.isEmpty() ? "" : " of " + code),
                "Each device continues at once at the step where it failed. If the cause is not fixed, it fails again.",
                letters,
                "Redrive " + Counted.words(letters, "dead letter"),
                "/syncs/%s/dead-letters".formatted(name),
                "/syncs/%s/dead-letters?code=%s".formatted(name, code),
                SecondStep.fields("which", "all", "code", code, "reason", reason));
    }

    private static @Nullable ReasonCode code(String code) {
        return RequestParameters.code(code.isEmpty() ? null : code);
    }
}
