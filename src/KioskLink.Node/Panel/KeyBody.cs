namespace KioskLink.Node.Panel;

/// <summary>Reads keys from the body of a request without ever making a string of them; a string could not be wiped.</summary>
internal static class KeyBody
{
    /// <summary>The largest body, bytes.</summary>
    public const int BytesMax = 128;

    private static ReadOnlySpan<byte> Field => "pin="u8;

    /// <summary>The keys as they were pressed on the screen, and hands them on. False: the body is no such thing.</summary>
    public static Task<bool> PressAsync(HttpRequest request, PatronPanel panel) => ReadAsync(request, (body, length) => panel.TryPress(body.AsSpan(0, length)));

    /// <summary>A whole PIN from the form of a browser without script, ended by `#`. False: the body is no such thing.</summary>
    public static Task<bool> EnterAsync(HttpRequest request, PatronPanel panel) => ReadAsync(request, (body, length) =>
    {
        if (!body.AsSpan(0, length).StartsWith(Field) || length == body.Length)
            return false;
        body[length] = (byte)'#';
        return panel.TryPress(body.AsSpan(Field.Length, length + 1 - Field.Length));
    });

    private static async Task<bool> ReadAsync(HttpRequest request, Func<byte[], int, bool> press)
    {
        var body = GC.AllocateUninitializedArray<byte>(BytesMax + 1, pinned: true);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
            return length <= BytesMax && press(body, length);
        }
        finally
        {
            Array.Clear(body);
        }
    }
}
