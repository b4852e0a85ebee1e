package io.celonamdm.simulator.celona;

import io.celonamdm.simulator.web.Answer;
import io.celonamdm.simulator.web.Request;
import java.util.Arrays;

/** activation-from-file, as in "Bulk Device Activation and Device Group Assignment API". */
final class ActivationEndpoint {
    private final EsimPool pool;
    private final CelonaSettings settings;
    private final Mishaps mishaps;

    ActivationEndpoint(EsimPool pool, CelonaSettings settings, Mishaps mishaps) {
        this.pool = pool;
        this.settings = settings;
        this.mishaps = mishaps;
    }

    Answer activate(Request request) {
        OpCode opCode = opCode(request.query("op_code").orElse(""));
        UploadedCsv csv = UploadedCsv.of(request, "simDataFile");
        ActivationReport report = new Activation(pool, settings, mishaps, opCode).run(csv.rows());
        return Envelope.HSS.success(200, 200, report.data());
    }

    private static OpCode opCode(String name) {
        return Arrays.stream(OpCode.values())
                .filter(opCode -> opCode.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.malformed("Invalid op_code " + name));
    }
}
