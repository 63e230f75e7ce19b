using System.Security.Cryptography;
using KioskLink.Sip2.Circulation;
using KioskLink.Sip2.Server;

namespace KioskLink.Circulation.Machines;

/// <summary>The machines that may log in, and who guesses at their passwords. Thread-safe.</summary>
internal sealed class MachineLogins
{
    private static readonly byte[] Nobody = new byte[SHA256.HashSizeInBytes];

    private readonly Dictionary<string, (DeviceProfile Profile, byte[]? Hash)> _machines;
    private readonly Dictionary<string, string?> _doors;
    private readonly RefusedSources _refused;

    /// <summary>Takes the machines of a checked configuration.</summary>
    /// <param name="config">The section.</param>
    /// <param name="branch">The branch that an empty AO means.</param>
    /// <param name="time">Dates wrong passwords.</param>
    public MachineLogins(Sip2Config config, string branch, TimeProvider time)
    {
        var passwords = config.Passwords is { } path ? MachinePasswords.Read(path).ByLogin : new Dictionary<string, byte[]>();
        _machines = config.Machines.ToDictionary(machine => machine.Login, machine => (MachineProfiles.Of(machine, branch), passwords.GetValueOrDefault(machine.Login)), StringComparer.Ordinal);
        _doors = config.Machines.ToDictionary(machine => machine.Login, machine => machine.Door, StringComparer.Ordinal);
        _refused = new RefusedSources(time);
    }

    /// <summary>The profile of a machine of the configuration.</summary>
    public DeviceProfile ProfileOf(string login) => _machines[login].Profile;

    /// <summary>The door at which a gate stands; null for a machine that is none.</summary>
    public string? DoorOf(string login) => _doors.GetValueOrDefault(login);

    /// <summary>The profile of a machine that logs in; null where it may not. Takes the same time for every password and login.</summary>
    public DeviceProfile? LogIn(LoginQuestion question)
    {
        // Whoever has guessed too often is not compared at all: no answer tells that a guess was right.
        if (_refused.MustWait(question.Source))
            return null;
        var known = _machines.TryGetValue(question.UserId, out var machine);
        var typed = SHA256.HashData(question.Password.Utf8);
        var right = CryptographicOperations.FixedTimeEquals(typed, machine.Hash ?? Nobody) && known && machine.Hash is not null && IsPlaceOf(machine.Profile, question.Location);
        if (!right)
            _refused.Fail(question.Source);
        return right ? machine.Profile : null;
    }

    private static bool IsPlaceOf(DeviceProfile profile, string? location) =>
        profile.TerminalLocation is not { } place || string.IsNullOrWhiteSpace(location) || location.Trim() == place;
}
