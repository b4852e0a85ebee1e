package io.celonamdm.bench;

/**
 * How much is measured; each number can be set by a system property.
 *
 * @param fleet devices of the largest fleet in nights without changes ({@code bench.fleet})
 * @param growth how much larger than the one before each of these fleets is ({@code bench.growth})
 * @param phones new devices of a night whose vendors take their time ({@code bench.phones})
 * @param loopPhones new devices of a night that a shell loop goes through as well ({@code bench.loop-phones})
 * @param quickPhones new devices of a night whose vendors answer at once ({@code bench.quick-phones})
 * @param syncs syncs that share the replicas ({@code bench.syncs})
 * @param syncPhones new devices of each of these syncs ({@code bench.sync-phones})
 * @param repetitions how often product and baseline take turns ({@code bench.repetitions})
 */
record Scale(
        int fleet,
        int growth,
        int phones,
        int loopPhones,
        int quickPhones,
        int syncs,
        int syncPhones,
        int repetitions) {
    static Scale ofProperties() {
        return new Scale(
                Integer.getInteger("bench.fleet", 1_000_000),
                Integer.getInteger("bench.growth", 10),
                Integer.getInteger("bench.phones", 2_000),
                Integer.getInteger("bench.loop-phones", 2_000),
                Integer.getInteger("bench.quick-phones", 5_000),
                Integer.getInteger("bench.syncs", 300),
                Integer.getInteger("bench.sync-phones", 50),
                Integer.getInteger("bench.repetitions", 5));
    }
}
