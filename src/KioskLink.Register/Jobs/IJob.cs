using KioskLink.Register.Identity;
using NodaTime;

namespace KioskLink.Register.Jobs;

/// <summary>Work that the register does by the clock. Rooms add theirs to the services; one runs at a time.</summary>
internal interface IJob
{
    /// <summary>Names it: lower case, words joined by hyphens, unique.</summary>
    string Name { get; }

    /// <summary>When it is due.</summary>
    JobSchedule When { get; }

    /// <summary>Why it reads or changes what it knows of patrons (R6), a code that every profile has.</summary>
    string Purpose => CallPurpose.CustomerService;

    /// <summary>Does the work and says what it did, in English and without personal data. A run that was cut short is run again.</summary>
    Task<string> RunAsync(JobCall call, CancellationToken stop);
}

/// <summary>One run of a job.</summary>
/// <param name="By">Who asked for it; <see cref="System"/> where the clock did.</param>
/// <param name="Now">When it began.</param>
/// <param name="Due">When it was due; null where somebody asked for it.</param>
internal sealed record JobCall(string By, Instant Now, Instant? Due)
{
    /// <summary>The actor of what the clock starts.</summary>
    public const string System = "system";
}
