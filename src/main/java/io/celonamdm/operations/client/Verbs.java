package io.celonamdm.operations.client;

import java.util.List;

/** The verbs, in the order of the help. */
public final class Verbs {
    private Verbs() {}

    /** New commands for picocli. */
    public static List<Object> all() {
        return List.of(
                new StatusVerb(),
                new RunVerbs.Runs(),
                new SyncVerb.Run(),
                new SyncVerb.Plan(),
                new OtherVerbs.Preview(),
                new OtherVerbs.Profile(),
                new SyncVerb.Approve(),
                new SyncVerb.Pause(),
                new SyncVerb.Resume(),
                new RunVerbs.Cancel(),
                new SyncVerb.Release(),
                new DeadLetterVerbs.DeadLetters(),
                new DeadLetterVerbs.Redrive(),
                new DeadLetterVerbs.TakeBack(),
                new InDoubtVerb(),
                new DeviceVerb(),
                new OtherVerbs.Drift(),
                new OtherVerbs.Check(),
                new OtherVerbs.Channels(),
                new OtherVerbs.Backup(),
                new EraseVerb());
    }
}
