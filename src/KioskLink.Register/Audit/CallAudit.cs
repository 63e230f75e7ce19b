using Grpc.Core;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Audit;

/// <summary>What a service says of its own call for the audit log, and the interceptor cannot know. Not thread-safe; one a call.</summary>
internal sealed class CallAudit
{
    private readonly SortedSet<long> _subjects = [];

    /// <summary>The patrons whose data was touched, by the register's own numbers.</summary>
    public IReadOnlyCollection<long> Subjects => _subjects;

    /// <summary>Class of the data.</summary>
    public string Class { get; private set; } = "";

    /// <summary>Code of the purpose, as the caller's metadata or the call's default says, unless the request has its own.</summary>
    public string Purpose { get; private set; } = "";

    /// <summary>Who acted, where the call itself has proven it; null means the caller.</summary>
    public (string Name, CallerRole Role)? Actor { get; private set; }

    /// <summary>The device of the session by which the call is made; null where there is none.</summary>
    public string? Device { get; private set; }

    /// <summary>Reason word of an answer that refuses without a status; empty where the answer grants.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>Names a patron whose data is touched.</summary>
    public CallAudit About(long patronId)
    {
        _subjects.Add(patronId);
        return this;
    }

    /// <summary>Names patrons whose data is touched.</summary>
    public CallAudit About(IEnumerable<long> patronIds)
    {
        foreach (var patronId in patronIds)
        {
            About(patronId);
        }

        return this;
    }

    /// <summary>Names the class of the data: one short word, such as <c>contact</c>.</summary>
    public CallAudit Fields(string fieldsClass)
    {
        Class = fieldsClass;
        return this;
    }

    /// <summary>What a unit of work says of itself; the call's own word for the class goes before.</summary>
    public void AboutUnit(IEnumerable<long> patronIds, string fieldsClass)
    {
        About(patronIds);
        Class = Class.Length > 0 ? Class : fieldsClass;
    }

    /// <summary>Names who acted, where the call itself has proven it: whoever signs in is nobody before.</summary>
    public CallAudit By(string actor, CallerRole role)
    {
        Actor = (actor, role);
        return this;
    }

    /// <summary>Names the device at which the caller's session was begun.</summary>
    public CallAudit From(string device)
    {
        Device = device;
        return this;
    }

    /// <summary>Says what the answer itself says of card and PIN: whatever is not granted is refused, though the call went well.</summary>
    public CallAudit Judged(DecisionCode reason)
    {
        Refusal = reason == DecisionCode.Granted ? "" : CallEntry.WireName(reason);
        return this;
    }

    /// <summary>Says that the answer itself refuses, though the call went well.</summary>
    /// <param name="reason">The reason word.</param>
    public CallAudit Refused(string reason)
    {
        Refusal = reason;
        return this;
    }

    /// <summary>Says the purpose, which was checked against the profile's list.</summary>
    public CallAudit For(string purpose)
    {
        Purpose = purpose;
        return this;
    }
}

/// <summary>Where a call's audit is kept.</summary>
internal static class CallAuditContext
{
    /// <summary>What the call says of itself for the audit log.</summary>
    public static CallAudit Audit(this ServerCallContext context)
    {
        if (context.UserState.TryGetValue(typeof(CallAudit), out var kept))
        {
            return (CallAudit)kept;
        }

        var audit = new CallAudit();
        context.UserState[typeof(CallAudit)] = audit;
        return audit;
    }
}
