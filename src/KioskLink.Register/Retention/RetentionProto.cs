using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using NodaTime;
using Wire = KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Retention;

/// <summary>Rules and runs on the wire.</summary>
internal static class RetentionProto
{
    /// <summary>A rule.</summary>
    public static Wire.RetentionRule ToProto(this RetentionTerm term, Instant now) => new()
    {
        Name = term.Entry.Rule,
        Keep = term.Entry.Keep,
        When = term.Entry.When switch
        {
            RetentionMode.Daily => Wire.RetentionWhen.Daily,
            RetentionMode.Yearly => Wire.RetentionWhen.Yearly,
            RetentionMode.Approved => Wire.RetentionWhen.Approved,
            _ => Wire.RetentionWhen.Never,
        },
        On = term.Entry.On,
        Basis = term.Entry.Basis,
        SetOn = term.Entry.SetOn,
        CutoffTime = term.Cutoff(now)?.ToProto(),
        ByTheHour = RetentionRules.ByTheHour.Contains(term.Entry.Rule),
        InUse = term.Rule is not null,
    };

    /// <summary>A plan or run.</summary>
    public static Wire.RetentionRun ToProto(this RetentionRunRow row)
    {
        var run = new Wire.RetentionRun
        {
            Id = row.RunId,
            Rule = row.Rule,
            Keep = row.Keep,
            CutoffTime = row.Cutoff == 0 ? null : Instant.FromUnixTimeMilliseconds(row.Cutoff).ToProto(),
            State = (Wire.RetentionRunState)row.State,
            PlanTime = Instant.FromUnixTimeMilliseconds(row.PlannedAt).ToProto(),
            PlannedBy = row.PlannedBy,
            ApproveTime = row.ApprovedAt.ToTimestamp(),
            ApprovedBy = row.ApprovedBy,
            Approval = row.Approval,
            StartTime = row.StartedAt.ToTimestamp(),
            EndTime = row.EndedAt.ToTimestamp(),
            RunBy = row.RunBy,
            Evidence = Convert.ToHexStringLower(row.Hash),
        };
        run.Counts.AddRange(RetentionEvidence.Read(row.Counts).Select(count => new Wire.RetentionCount { What = count.What, Number = count.Number }));
        return run;
    }
}
