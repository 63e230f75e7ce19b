using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz._-");

    /// <summary>One key with its text or bytes; immutable.</summary>
    public sealed class Entry
    {
        private readonly string? _text;
        private readonly byte[]? _bytes;

        /// <summary>A text entry; the value is printable ASCII (gRPC over HTTP/2, ASCII-Value).</summary>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = Normalized(key);
            if (IsBinary)
                throw new ArgumentException($"The key {Key} ends in {BinaryHeaderSuffix}, so its value must be bytes.", nameof(value));
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                throw new ArgumentException($"The value of {Key} is not printable ASCII; send other texts as bytes under a key that ends in {BinaryHeaderSuffix}.", nameof(value));
            _text = value;
        }

        /// <summary>A binary entry; the key ends in <see cref="BinaryHeaderSuffix"/>.</summary>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalized(key);
            if (!IsBinary)
                throw new ArgumentException($"The key {Key} must end in {BinaryHeaderSuffix} to carry bytes.", nameof(key));
            _bytes = [.. valueBytes];
        }

        private Entry(string key, string? text, byte[]? bytes) => (Key, _text, _bytes) = (key, text, bytes);

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is bytes.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>The value as text.</summary>
        /// <exception cref="InvalidOperationException">The entry is binary.</exception>
        public string Value => _text ?? throw new InvalidOperationException($"The entry {Key} carries bytes.");

        /// <summary>A copy of the value's bytes, for a text its ASCII bytes.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_text!) : [.. _bytes];

        internal ReadOnlySpan<byte> BytesOnWire => _bytes;

        /// <inheritdoc/>
        public override string ToString() => _bytes is null ? $"[Entry: key={Key}, value={_text}]" : $"[Entry: key={Key}, {_bytes.Length} bytes]";

        internal static Entry FromWire(string key, string text) => new(key.ToLowerInvariant(), text, null);

        internal static Entry FromWire(string key, byte[] bytes) => new(key.ToLowerInvariant(), null, bytes);

        internal bool KeyEquals(string key) => Key.Equals(key, StringComparison.OrdinalIgnoreCase);

        private static string Normalized(string key)
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            var lower = key.ToLowerInvariant();
            return lower.AsSpan().ContainsAnyExcept(KeyCharacters)
                ? throw new ArgumentException($"The key {key} may hold only letters, digits, dots, underscores and hyphens.", nameof(key))
                : lower;
        }
    }
}
