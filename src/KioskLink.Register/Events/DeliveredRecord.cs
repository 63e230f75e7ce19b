using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using NodaTime;

namespace KioskLink.Register.Events;

/// <summary>A record that a node delivered, read.</summary>
/// <param name="Record">As it came.</param>
/// <param name="Open">Its open part; an empty one where it cannot be read.</param>
/// <param name="At">When it was written; null where nobody can tell yet.</param>
/// <param name="Presented">What was presented at the door; null where the record tells of no card.</param>
/// <param name="Judged">What the register says of it afterwards; null where there is nothing to judge.</param>
internal sealed record DeliveredRecord(JournalRecord Record, RecordOpen Open, Instant? At, Presentation? Presented, Judgement? Judged);
