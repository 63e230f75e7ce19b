using KioskLink.Devices;
using KioskLink.Devices.Locks;
using KioskLink.Node.Hosting.Wiring;

namespace KioskLink.Node.Buses;

/// <summary>
/// Gives devices their own keys: those that still use the install key, those whose key is to be replaced, and those of which a change was cut short.
/// 1. the new key is durable; 2. it goes to the device (KEYSET); 3. a session with it is up; 4. the old one is forgotten. Cut off anywhere, both keys are
/// tried at the next start, and the change goes on with the same new key.
/// </summary>
/// <param name="devices">The devices of the node.</param>
/// <param name="keys">Their keys.</param>
/// <param name="setKey">Sends a new key to a device.</param>
/// <param name="alarm">Raises an alarm: subject and sentence; null in place of the sentence clears it.</param>
/// <param name="time">The machine's time.</param>
internal sealed class KeyKeeper(
    IReadOnlyList<DeviceConfig> devices, OsdpKeys keys, Func<string, ReadOnlyMemory<byte>, Task<OutputResult>> setKey, Action<string, string?> alarm, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Task _work = Task.CompletedTask;

    /// <summary>Takes an event of any device; returns at once, files are written elsewhere.</summary>
    public void Take(DeviceEvent happened)
    {
        if (happened is DeviceOnline online && keys.Given is { } given)
            Then(() => CameUpAsync(given, online));
    }

    /// <summary>Gives a device another key now, or goes on with a change that was cut short.</summary>
    /// <returns>Null once a session with it is up, else what is wrong and how to mend it.</returns>
    public async Task<string?> RotateAsync(string deviceId)
    {
        if (keys.Given is not { } given)
            return "The node cannot keep keys of its own before it has enrolled: enrol it first.";
        var done = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Then(async () => done.SetResult(await RotateAsync(given, deviceId)));
        return await done.Task;
    }

    /// <summary>Waits until everything taken so far is done.</summary>
    public Task SettleAsync()
    {
        lock (_gate)
            return _work;
    }

    private void Then(Func<Task> next)
    {
        lock (_gate)
            _work = _work.ContinueWith(_ => next(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
    }

    private async Task CameUpAsync(DeviceKeyFile given, DeviceOnline online)
    {
        var id = online.SourceId;
        try
        {
            var next = given.Of(id)?.Next;
            if (next is not null && online.KeyId == DeviceKeys.IdOf(next))
                given.Confirm(id, keys.ConfiguredHash(id), time.GetUtcNow());
            else if (online.Security == SessionSecurity.InstallKey || (online.Security == SessionSecurity.OwnKey && (next is not null || IsTooOld(given, id))))
                await ChangeAsync(given, id);
            else
                return;
            alarm($"key custody {id}", null);
        }
        catch (IOException broken)
        {
            alarm($"key custody {id}", $"The key of device {id} cannot be stored ({broken.Message}): free or mend the disk; the device keeps the key it has.");
        }
    }

    private async Task<string?> RotateAsync(DeviceKeyFile given, string id)
    {
        try
        {
            return await setKey(id, given.Propose(id)) switch
            {
                OutputResult.Acknowledged => null,
                OutputResult.Rejected => "The device does not take a key of its own: look in its manual how its key is set.",
                OutputResult.NotSent => "The device is not in a secure session: bring it online under a key first.",
                _ => "The device has not come back with the new key yet: the node keeps both keys and goes on by itself; look again in a minute.",
            };
        }
        catch (IOException broken)
        {
            return $"The new key cannot be stored ({broken.Message}), so it was not sent: free or mend the disk.";
        }
    }

    private async Task ChangeAsync(DeviceKeyFile given, string id)
    {
        var result = await setKey(id, given.Propose(id));
        if (result == OutputResult.Rejected)
            alarm($"key change {id}", $"Device {id} does not take a key of its own: look in its manual how its key is set, or set it with its maker's tool.");
        else if (result == OutputResult.Acknowledged)
            alarm($"key change {id}", null);
    }

    private bool IsTooOld(DeviceKeyFile given, string id)
    {
        var from = devices.FirstOrDefault(device => device.Id == id)?.KeyNotBefore;
        return from is not null && time.GetUtcNow() >= from && !(given.Of(id)?.SetAt >= from);
    }
}
